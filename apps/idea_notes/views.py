"""The register of idea notes: the list, and what was decided of one. Everybody may read what is decided."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.core.exports import declare
from apps.idea_notes import render as wording
from apps.idea_notes.forms import NOTES
from apps.idea_notes.procedure import PUBLIC
from apps.idea_notes.selectors import notes_visible_to
from apps.lists.pages import list_page, list_table
from apps.workflow.inputs import storable

LIST = "idea_notes/notes.html"
EXPORT = declare("idea-notes-export", "csv", "xlsx")


@require_safe
def idea_notes(request: ActingRequest) -> HttpResponse:
    """The decided idea notes; those under way for those who may know of them."""
    return list_page(request, NOTES, LIST, tables="idea-notes-export")


@require_safe
def idea_notes_export(request: ActingRequest, ending: str) -> HttpResponse:
    """What the list shows as a table for other programs. A filter that is not understood answers 422."""
    return list_table(request, NOTES, EXPORT, ending, LIST)


@require_safe
def idea_note(request: ActingRequest, name: str) -> HttpResponse:
    """What everybody is told of a decided note, by its number. Unknown and undecided look the same: 404."""
    public = notes_visible_to(request.membership).filter(state__in=[state.value for state in PUBLIC]).exclude(reference="")
    found = public.filter(reference=name).first() if storable(name) else None
    if found is None:
        raise Http404
    context = {"note": found, "kind": wording.kind_of(found), "facts": wording.register_facts(found)}
    return render(request, "idea_notes/note.html", context)
