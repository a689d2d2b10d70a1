"""Sending a document piece by piece while the page of its step is open; the step itself then names the upload.

Without scripts the form sends the file with everything else, and none of this is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.middleware import ActingRequest
from apps.core.errors import NotAllowed, Refusal
from apps.documents.kinds import Kind
from apps.documents.models import Upload
from apps.documents.selectors import upload_of
from apps.documents.services import LARGEST_PIECE, begin_upload, give_up, receive
from apps.workflow.asking import plain
from apps.workflow.table import Procedure
from apps.workflow.views.files import file_or_404
from apps.workflow.views.steps import StepScreen

CHUNK = 64 * 1024
OFFSET = "Upload-Offset"
MOST_DIGITS = 15


@login_required
@never_cache
@require_POST
def begin(request: ActingRequest, procedure: Procedure, pk: int, key: str) -> HttpResponse:
    """Begin an upload of a document that a step asks for: `kind`, `name` and `size` of the file. Answers where to send it.

    Open to whoever may hand that document in with that step. What can be refused beforehand is refused here.
    """
    subject = file_or_404(procedure, pk)
    row = subject.procedure.row(subject.edition, key)
    if row is None or row.opens or request.membership is None:
        raise Http404
    screen = StepScreen(request, subject, row, plain(subject, row))
    option, kind = screen.option(), request.POST.get("kind", "")
    if not option.is_theirs:
        return refused(NotAllowed(option.problems))
    if not any(paper.kind.value == kind and paper.is_open for paper in screen.papers):
        raise Http404
    name, size = request.POST.get("name", ""), request.POST.get("size", "")
    try:
        begun = begin_upload(subject=subject, kind=Kind(kind), name=name, size=as_size(size), membership=request.membership)
    except Refusal as refusal:
        return refused(refusal)
    return announced(begun)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def upload(request: ActingRequest, token: UUID) -> HttpResponse:
    """How far an upload is; PATCH adds bytes that begin at `Upload-Offset`; DELETE forgets it. Of others' nobody learns."""
    found = upload_of(token, request.membership)
    if found is None:
        raise Http404
    if request.method == "DELETE":
        give_up(found)
        return HttpResponse(status=204)
    if request.method != "PATCH":
        return JsonResponse(state(found))
    try:
        return JsonResponse(state(receive(found, as_size(request.headers.get(OFFSET, "")), pieces(request))))
    except Refusal as refusal:
        return refused(refusal)


def announced(begun: Upload) -> JsonResponse:
    """Where the pieces of an upload that was begun are to be sent."""
    return JsonResponse(state(begun), status=201, headers={"Location": reverse("upload", args=[begun.token])})


def as_size(said: str) -> int:
    """A number of bytes as a request says it; 0 where it says none, which no file has and no piece but the first begins at."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else 0


def pieces(request: ActingRequest) -> Iterator[bytes]:
    """The body, a little at a time. Raises UnreadablePostError when the sender breaks off."""
    while piece := request.read(CHUNK):
        yield piece


def state(one: Upload) -> dict[str, object]:
    """What the page needs to go on: where to send what, how far it is, and what stands in its way."""
    return {
        "token": str(one.token),
        "url": reverse("upload", args=[one.token]),
        "received": one.received,
        "size": one.size,
        "largest_piece": LARGEST_PIECE,
        "progress": one.progress,
        "problems": one.problems,
    }


def refused(refusal: Refusal) -> JsonResponse:
    """The problems of a refusal, each with its code."""
    problems = [{"code": one.code, "text": one.text} for one in refusal.problems]
    return JsonResponse({"problems": problems}, status=refusal.status)
