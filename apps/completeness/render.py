"""What completion was asked for, as a list on the page of the file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.completeness.inputs import NAME
from apps.completeness.kinds import Item, Outcome
from apps.completeness.selectors import asked_for, input_of
from apps.core.templatetags.gazette import day_words
from apps.events.models import Event
from apps.workflow import policies
from apps.workflow.models import Subject
from apps.workflow.render.enclosures import EnclosedRow, Enclosure, Key, Read


def enclosures(read: Read) -> dict[Key, Enclosure]:
    """Of files that wait for completion what is missing or wrong, for whoever may know of the file; one query."""
    known = {(one.procedure.key, one.pk): one for one, held in read if input_of(one) and policies.may_know(one, held)}
    return {
        key: _enclosure(known[key], event)
        for key, event in asked_for(known.values()).items()
        if event.data.get("inputs", {}).get(NAME)
    }


def _enclosure(file: Subject, event: Event) -> Enclosure:
    rows = [_row(file, row, event) for row in event.data["inputs"][NAME] if row["outcome"] == Outcome.WRONG]
    return Enclosure(
        anchor="completion",
        heading=_("What must be completed"),
        caption=_("Items that were missing or wrong on %(day)s") % {"day": day_words(event.effective_on)},
        columns=(_("Item"), _("What is missing or wrong"), _("Rule")),
        rows=rows,
    )


def _row(file: Subject, said: dict[str, str], event: Event) -> EnclosedRow:
    asked = input_of(file)
    items: dict[str, Item] = {one.key: one for one in (asked.of_edition(event.edition) if asked else ())}
    item = items.get(said["item"])
    words = said["text"] or event.data.get("found_by_system", {}).get(said["item"], ["", ""])[1]
    cells = ((_("What is missing or wrong"), words, ""), (_("Rule"), item.clause if item else "", ""))
    return EnclosedRow(str(item.label) if item else said["item"], "", "", cells)
