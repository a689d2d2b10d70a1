"""Handing out documents: always as a download, never run or shown inside this site."""

from __future__ import annotations

from typing import BinaryIO

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Capacity
from apps.documents.models import DocumentVersion
from apps.documents.policies import can_see
from apps.workflow import registry
from apps.workflow.views.files import capacities_towards

HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def document(request: ActingRequest, pk: int) -> FileResponse:
    """The bytes of a version to whoever may read it. Unknown and closed look the same: 404."""
    version = DocumentVersion.objects.filter(pk=pk).first()
    if version is None or not can_see(version, held_towards(version, request.membership)):
        raise Http404
    file: BinaryIO = version.path.open("rb")
    return FileResponse(file, as_attachment=True, filename=version.name, content_type=version.media_type, headers=HEADERS)


def held_towards(version: DocumentVersion, membership: Membership | None) -> frozenset[Capacity]:
    """A membership's capacities towards the file of a confidential document; what is public asks for none."""
    if membership is None or not version.confidential:
        return frozenset()
    subject = registry.model_of(version.subject_type)._default_manager.get(pk=version.subject_id)
    return capacities_towards(subject, membership)
