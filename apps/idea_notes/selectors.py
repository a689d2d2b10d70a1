"""Whether an idea note opens the way for a project."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.core.templatetags.gazette import day_words
from apps.idea_notes.models import IdeaNote
from apps.idea_notes.procedure import PUBLIC, State
from apps.workflow.options import is_known_to, known_to


def hindrance(note: IdeaNote, on: date) -> str:
    """Why a note does not let a project go on, on a day, in words; empty where it does."""
    if not lets_go_on(note):
        return _("%(note)s stands at: %(state)s") % {"note": note, "state": note.state_label}
    if note.valid_until is not None and on > note.valid_until:
        return _("the decision on %(note)s was valid until %(day)s") % {"note": note, "day": day_words(note.valid_until)}
    return ""


def lets_go_on(note: IdeaNote) -> bool:
    """No objection, an exemption, or another decision that says so. Source: rules 2.1, awkward case 25."""
    if note.state == State.DECIDED_OTHERWISE:
        return bool(note.lets_go_on)
    return note.state in (State.NO_OBJECTION, State.EXEMPTED)


def notes_visible_to(membership: Membership | None) -> QuerySet[IdeaNote]:
    """The decided notes, for everybody; the others for those who may know of them.

    `is_known` says whether the reader may open the file itself.
    """
    found = IdeaNote.objects.filter(Q(state__in=[state.value for state in PUBLIC]) | known_to(IdeaNote, membership))
    return found.annotate(is_known=is_known_to(IdeaNote, membership)).select_related("organisation")
