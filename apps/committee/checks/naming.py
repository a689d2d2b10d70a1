"""Items that an act names: on this ballot, and open."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from apps.committee.models import Ballot, BallotItem
from apps.core.errors import Problem
from apps.workflow.fsm import Act


def item_is_on_the_ballot(subject: Ballot, act: Act) -> list[Problem]:
    """The ballot has an item of that number."""
    return _strangers(act, subject.items.all())


def item_is_open(subject: Ballot, act: Act) -> list[Problem]:
    """The item is on the ballot and has no outcome yet."""
    items = list(subject.items.all())
    return open_problems(act, items)


def open_problems(act: Act, items: Collection[BallotItem]) -> list[Problem]:
    """What is wrong with the items that an act names: BAL-12 unknown, BAL-13 decided."""
    return _strangers(act, items) or _settled(act, items)


def _named(act: Act) -> set[int]:
    return {act.inputs["item"]} if "item" in act.inputs else {one["item"] for one in act.inputs.get("answers", ())}


def _strangers(act: Act, items: Iterable[BallotItem]) -> list[Problem]:
    known, text = {item.number for item in items}, _("there is no item %(number)s on this ballot")
    return [Problem("BAL-12", text % {"number": number}, "item") for number in sorted(_named(act) - known)]


def _settled(act: Act, items: Iterable[BallotItem]) -> list[Problem]:
    numbers, text = _named(act), _("item %(number)s has its outcome already: %(outcome)s")
    return [
        Problem("BAL-13", text % {"number": item.number, "outcome": item.get_outcome_display().lower()}, "item")
        for item in items
        if item.outcome and item.number in numbers
    ]
