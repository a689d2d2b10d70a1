"""What pages know of a document: who may know of it, why it is not opened, its bytes as a download, the form it is written on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.core import clock
from apps.core.errors import Problem
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.policies import can_see, closed_to, may_open
from apps.documents.services import fault_of, look_again, note_reading, whole
from apps.workflow import registry
from apps.workflow.catalogue import current_version, form_of
from apps.workflow.checks import filed_form, filing_problems
from apps.workflow.forms import AskedForm
from apps.workflow.models import Subject
from apps.workflow.policies import capacities_towards, may_know

HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def as_download(version: DocumentVersion, reader: Membership | None) -> FileResponse | None:
    """The bytes of a version to somebody who may have them now, noted as a reading; None where they are no longer whole."""
    file = whole(version.sha256)
    if file is None:
        return None
    note_reading(version, reader)
    return FileResponse(file, as_attachment=True, filename=version.name, content_type=version.media_type, headers=HEADERS)


def version_or_404(request: ActingRequest, pk: int) -> DocumentVersion:
    """A version that the reader may know of, public twins too; nobody but its people knows of a draft. Raises Http404."""
    version = DocumentVersion.everything.filter(pk=pk).first()
    if version is None or not is_known_to(version, request.membership):
        raise Http404
    return version


def is_known_to(version: DocumentVersion, reader: Membership | None) -> bool:
    """Whether somebody may know of a document: may read it, is not kept from it, and may know of its file if that is hidden."""
    subject = registry.model_of(version.subject_type)._default_manager.get(pk=version.subject_id)
    if not version.confidential and not is_hidden(subject):
        return True
    held = capacities_towards(subject, reader)
    if not can_see(version, held) or closed_to(reader, [version]):
        return False
    return not is_hidden(subject) or may_know(subject, held)


def is_hidden(subject: Subject) -> bool:
    """Whether nobody but its people knows of a file, nor of its documents."""
    return subject.state in subject.hidden_in and not subject.public_url


def why_unopened(request: ActingRequest, version: DocumentVersion) -> HttpResponse | None:
    """The page that says why a document cannot be opened now; None where it can.

    What waits for the scanner, or was found infected, is told so: 403. Bytes that are no longer what came in are
    handed out to nobody: 503.
    """
    if closed := why_closed(request, version):
        return closed
    return damaged(request, version) if fault_of(version.sha256) and look_again(version.sha256) else None


def why_closed(request: ActingRequest, version: DocumentVersion) -> HttpResponse | None:
    """The page that says why a document is open to nobody yet, or no more: 403; None where the scanner has nothing against it."""
    if may_open(version, request.membership):
        return None
    return render(request, "workflow/unopened.html", {"version": version}, status=403)


def damaged(request: ActingRequest, version: DocumentVersion) -> HttpResponse:
    """The page that says that what is kept is no longer what came in."""
    return render(request, "workflow/unopened.html", {"version": version, "is_damaged": True}, status=503)


def asked_form(subject: Subject, kind: Kind) -> AskedForm | None:
    """The official form of a kind as a page asks for it today; None where the kind is no official form."""
    today, place = clock.today(), (subject.edition, kind, settings.JCM_PARTNER["code"])

    def problems(version: str, completed_on: date | None) -> Iterable[Problem]:
        return filing_problems(subject, kind, filed_form(subject, kind, today, version, completed_on), today)

    official, version = form_of(*place, today), current_version(*place, today)
    needed = bool(version) and subject.rules.gate("form_version_gate")
    return AskedForm(official, version, needed, problems) if official else None
