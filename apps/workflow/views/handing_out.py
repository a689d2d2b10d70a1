"""Handing out documents: always as a download, never run or shown inside this site; from a host of their own where one is set.

Then the site judges and sends its reader on, with a word that holds for a minute and for that reader alone; the other
host knows no cookies, judges anew, and answers nothing else.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.selectors import holds
from apps.core import clock
from apps.documents.models import DocumentVersion
from apps.documents.policies import may_open
from apps.workflow.views.papers import as_download, damaged, is_known_to, version_or_404, why_closed, why_unopened

SALT = "handed out"
# Seconds within which a browser follows.
GOOD_FOR = 60
NOBODY = 0


@require_safe
def document(request: ActingRequest, pk: int) -> HttpResponse | FileResponse:
    """The bytes of a version to whoever may read it. Unknown and closed look the same: 404."""
    version = version_or_404(request, pk)
    if settings.FILES_URL:
        return why_unopened(request, version) or sent_on(version, request.membership)
    return why_closed(request, version) or as_download(version, request.membership) or damaged(request, version)


def sent_on(version: DocumentVersion, reader: Membership | None) -> HttpResponseRedirect:
    """Send a reader, who was found to be one, to the host of the documents."""
    word = signing.dumps([version.pk, reader.pk if reader else NOBODY], salt=SALT)
    answer = HttpResponseRedirect(settings.FILES_URL + reverse("handed-out", args=[word]))
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def handed_out(request: HttpRequest, word: str) -> FileResponse:  # noqa: ARG001 # reason: a view
    """The bytes of a version to whoever was sent here: 404 for a word that is old, or of somebody who may not have them now."""
    try:
        pk, reader_pk = signing.loads(word, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise Http404 from None
    version, reader = DocumentVersion.everything.filter(pk=pk).first(), _holding(reader_pk)
    if version is None or (reader is None) != (reader_pk == NOBODY):
        raise Http404
    if not is_known_to(version, reader) or not may_open(version, reader) or (answer := as_download(version, reader)) is None:
        raise Http404
    return answer


def _holding(pk: int) -> Membership | None:
    """Who was sent here, as far as they still hold that membership."""
    found = Membership.objects.select_related("user", "organisation").filter(pk=pk).first()
    return found if found is not None and holds(found, clock.today()) else None
