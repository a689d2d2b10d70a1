"""What the page of a completeness check asks: of each item whether it is in order, with the system's own finding beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from apps.completeness.checks import field_of, text_of
from apps.completeness.inputs import LONGEST, NAME
from apps.completeness.kinds import Item, Items, Outcome
from apps.completeness.selectors import Found, found_by_system, items_of
from apps.completeness.services import OLDER
from apps.workflow.asking import Answers, Asked, plain
from apps.workflow.inputs import Choice, Input, Text
from apps.workflow.models import Subject
from apps.workflow.table import Step

CHOICES = tuple((one.value, one.label) for one in Outcome)


def asked(subject: Subject, row: Step, _query: Answers) -> Asked:
    """The row's own inputs, or those of its completeness check."""
    return with_items(plain(subject, row), subject, row)


def with_items(found: Asked, subject: Subject, row: Step) -> Asked:
    """The same questions; of a completeness check one for each item instead, filled in as the system finds it."""
    items = items_of(subject) if NAME in row.inputs else ()
    if not items:
        return replace(found, inputs=[_needed(one) if row.inputs == (OLDER,) else one for one in found.inputs])
    seen = found_by_system(subject)
    others = [one for one in found.inputs if one.name not in (NAME, OLDER)]
    filled = {field_of(item): seen[item.key].outcome.value for item in items if item.key in seen}
    return Asked([*others, *(one for item in items for one in _questions(item, seen.get(item.key)))], filled, _given(items))


def _needed(one: Input) -> Input:
    """An input that older checks may leave out, where it is all that a step asks for."""
    return replace(one, required=True) if one.name == OLDER else one


def _questions(item: Item, seen: Found | None) -> Iterator[Input]:
    hint = _("Found by the system: %(words)s.") % {"words": seen.words} if seen else ""
    yield Choice(field_of(item), item.label, hint=hint, choices=CHOICES)
    label = _("%(item)s: what is missing or wrong, or why it is in order") % {"item": item.label}
    yield Text(text_of(item), label, required=False, longest=LONGEST)


def _given(items: Items) -> Any:
    """How the answers become the outcomes that the row asks for."""
    names = {name for item in items for name in (field_of(item), text_of(item))}

    def fold(answers: Answers) -> dict[str, Any]:
        rows = [(item.key, answers.get(field_of(item)), answers.get(text_of(item)) or "") for item in items]
        outcomes = {key: {"outcome": outcome, "text": text} for key, outcome, text in rows if outcome}
        return {**{name: value for name, value in answers.items() if name not in names}, NAME: outcomes}

    return fold
