"""Looking at a document without opening it: pictures of its pages, and what changed since the version before."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.documents.checks import ending
from apps.documents.models import DocumentVersion
from apps.documents.services import Comparison, compared, note_reading, page_count, picture
from apps.inspection.services import Unreadable
from apps.workflow.views.papers import HEADERS, version_or_404, why_unopened

PAGES = 10
PDF = ".pdf"


@require_safe
def pictures(request: ActingRequest, pk: int) -> HttpResponse:
    """The pages of a PDF as pictures, ten at a time: `?from=11` begins at the eleventh. For whoever may read it."""
    version = _pdf_or_404(request, pk)
    if unopened := why_unopened(request, version):
        return unopened
    try:
        count = page_count(version)
    except Unreadable:
        return render(request, "workflow/pictures.html", {"version": version, "numbers": None}, status=422)
    note_reading(version, request.membership)
    first = _first(request.GET.get("from", ""), count)
    last = min(first + PAGES - 1, count)
    context = {
        "version": version,
        "numbers": range(first, last + 1),
        "count": count,
        "before": max(first - PAGES, 1) if first > 1 else None,
        "after": last + 1 if last < count else None,
    }
    return render(request, "workflow/pictures.html", context)


@require_safe
def page_picture(request: ActingRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture, for whoever may read the document."""
    version = _pdf_or_404(request, pk)
    if number < 1:
        raise Http404
    if unopened := why_unopened(request, version):
        return unopened
    try:
        drawn = picture(version, number)
    except Unreadable as error:
        raise Http404 from error
    note_reading(version, request.membership)
    return HttpResponse(drawn, "image/png", headers=HEADERS)


@require_safe
def comparison(request: ActingRequest, pk: int) -> HttpResponse:
    """What changed since the version before, for whoever may read both."""
    newer = version_or_404(request, pk)
    series = {name: getattr(newer, name) for name in ("subject_type", "subject_id", "kind")}
    previous = DocumentVersion.objects.filter(**series, number=newer.number - 1).first()
    if previous is None or newer.twin_of_id is not None:
        raise Http404
    older = version_or_404(request, previous.pk)
    if unopened := why_unopened(request, newer) or why_unopened(request, older):
        return unopened
    for one in (newer, older):
        note_reading(one, request.membership)
    context = {"older": older, "newer": newer, "found": _compared(older, newer), "is_text": ending(newer.name) == PDF}
    return render(request, "workflow/comparison.html", context)


def _compared(older: DocumentVersion, newer: DocumentVersion) -> Comparison | None:
    """None where the two cannot be compared."""
    try:
        return compared(older, newer)
    except (Unreadable, ValueError):
        return None


def _pdf_or_404(request: ActingRequest, pk: int) -> DocumentVersion:
    version = version_or_404(request, pk)
    if ending(version.name) != PDF:
        raise Http404
    return version


def _first(said: str, count: int) -> int:
    number = int(said) if said.isascii() and said.isdigit() and len(said) < len(str(10**9)) else 1
    return min(max(number, 1), max(count, 1))
