"""Whether a completeness check fits what it does: accept, or ask for completion. The procedures' checks take these over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from apps.completeness.inputs import NAME
from apps.completeness.kinds import Item, Outcome
from apps.completeness.selectors import Found, asking_row, found_by_system, items_of
from apps.core.errors import Problem
from apps.workflow.fsm import Act
from apps.workflow.models import Subject


def every_item_is_in_order(subject: Subject, act: Act) -> list[Problem]:
    """CPL-06: a file is accepted as complete when every item of the list is in order. Source: P01, P05 to P07.

    Where completion cannot be asked for again, what came back is judged as it is. Source: P07.
    """
    given = _given(act)
    if given is None:
        return []
    asking = asking_row(subject)
    if asking is None or subject.state not in asking.source:
        return list(_judged(subject, given))
    text = _("“%(item)s” is missing or wrong; ask for completion")
    wrong = [one for one in items_of(subject) if given.get(one.key, {}).get("outcome") == Outcome.WRONG]
    return [*_judged(subject, given), *(Problem("CPL-06", text % {"item": one.label}, field_of(one)) for one in wrong)]


def something_is_missing(subject: Subject, act: Act) -> list[Problem]:
    """CPL-02: completion is asked for where something is missing or wrong. Source: P01, P05 to P07."""
    given = _given(act)
    if given is None:
        return []
    problems = list(_judged(subject, given))
    if not any(one["outcome"] == Outcome.WRONG for one in given.values()):
        problems.append(Problem("CPL-02", _("every item is in order; accept as complete, or say what is missing or wrong"), NAME))
    return problems


def field_of(item: Item) -> str:
    """The field of a page that asks for an item's outcome."""
    return f"item_{item.key}"


def text_of(item: Item) -> str:
    """The field of a page that asks what is missing or wrong about an item."""
    return f"wrong_{item.key}"


def _given(act: Act) -> Mapping[str, Mapping[str, str]] | None:
    """The outcomes by item; None while nobody has filled them in, and where an older check says all in one text."""
    rows = act.inputs.get(NAME)
    return None if rows is None else {row["item"]: row for row in rows}


def _judged(subject: Subject, given: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """What is amiss with the outcomes themselves: each item is judged, and nothing that the system found is passed over."""
    found = found_by_system(subject)
    for item in items_of(subject):
        said = given.get(item.key)
        if said is None:
            yield Problem("CPL-01", _("say whether “%(item)s” is in order") % {"item": item.label}, field_of(item))
        elif said["outcome"] == Outcome.IN_ORDER:
            yield from _passed_over(item, said["text"], found.get(item.key))
        elif not said["text"] and not _is_told(found.get(item.key)):
            yield Problem("CPL-05", _("say what is missing or wrong about “%(item)s”") % {"item": item.label}, text_of(item))


def _is_told(found: Found | None) -> bool:
    """Whether the system's own words say what is wrong."""
    return found is not None and found.outcome == Outcome.WRONG


def _passed_over(item: Item, text: str, found: Found | None) -> Iterator[Problem]:
    if found is None or found.outcome == Outcome.IN_ORDER:
        return
    words = {"item": item.label, "found": found.words}
    if found.is_final:
        yield Problem("CPL-03", _("“%(item)s” cannot be in order: %(found)s") % words, field_of(item))
    elif not text:
        text = _("the system finds of “%(item)s”: %(found)s; say why it is in order all the same")
        yield Problem("CPL-04", text % words, text_of(item))
