"""The list of idea notes: what it can be narrowed by, searched for and sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.accounts.models import Membership
from apps.core.templatetags.gazette import grouped
from apps.idea_notes import render as wording
from apps.idea_notes.kinds import ACTIVITIES
from apps.idea_notes.models import IdeaNote
from apps.idea_notes.procedure import PROCEDURE
from apps.idea_notes.selectors import notes_visible_to
from apps.lists.declaration import (
    Choice,
    Column,
    ListOf,
    Offer,
    Sort,
    Span,
    day_or_first,
    declare_list,
    editions_of,
    equals,
    states_of,
)


def _rows(found: Sequence[IdeaNote], _reader: Membership | None) -> list[dict[str, Any]]:
    return [wording.list_row(one) for one in found]


def _counted(count: int) -> str:
    return ngettext("%(count)s idea note", "%(count)s idea notes", count) % {"count": grouped(count)}


def _activities() -> list[Offer]:
    return [(one.code, one.label) for one in ACTIVITIES]


NOTES = declare_list(
    ListOf(
        key="idea-notes",
        address="idea-notes",
        title=_("Idea notes"),
        visible=notes_visible_to,
        rows=_rows,
        table=wording.note_table,
        counted=_counted,
        empty=_("No idea note has been decided yet. What is under way is known to its participants and the committee alone."),
        searched=PROCEDURE.key,
        search=_("Number, title, place or who submitted it"),
        in_sight=1,
        columns=(
            Column("note", _("Idea note"), "number"),
            Column("by", _("Submitted by")),
            Column("state", _("Where it stands")),
            Column("move", _("Whose move")),
            Column("since", _("Since"), "since"),
        ),
        sorts=(
            Sort("opened", _("The newest file first"), "pk", int, descending=True),
            Sort("number", _("By number"), "reference", str),
            Sort("title", _("By title"), "title", str),
            Sort("since", _("What moved last first"), "state_since", datetime, descending=True),
            Sort("decided", _("Decided last first"), day_or_first("decided_on"), date, descending=True),
        ),
        filters=(
            Choice("state", _("Where it stands"), _("Any state"), equals("state"), states_of(PROCEDURE)),
            Choice("activity", _("Eligible activity"), _("Any activity"), equals("activity"), _activities),
            Choice("edition", _("Rulebook"), _("Any edition"), equals("edition"), editions_of(PROCEDURE)),
            Span("decided", _("Decided from"), _("Decided until"), "decided_on"),
        ),
    )
)
