"""What only a ballot's steps ask for: answers to several items at once, and the inputs of another step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from apps.committee.kinds import Answer
from apps.workflow.inputs import Input

PARTS = frozenset({"item", "answer", "reason", "revision"})


@dataclass(frozen=True, slots=True)
class Answers(Input):
    """Answers to one or more items: a list of objects with `item` (its number), `answer` and, where needed, `reason`.

    `revision` may say which text of the item was read.
    """

    kind: ClassVar[str] = "answers"

    def clean(self, raw: Any) -> list[dict[str, Any]]:
        found = _parsed(raw)
        if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
            raise ValueError(_("this is not a list of answers; give each with its item and answer"))
        answers = sorted((_answer(one) for one in found), key=lambda one: one["item"])
        numbers = [one["item"] for one in answers]
        if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
            raise ValueError(_("item %(number)s is answered twice") % {"number": twice[0]})
        return answers

    def form_field(self) -> forms.Field:
        return forms.JSONField(label=self.label, required=self.required)


@dataclass(frozen=True, slots=True)
class Filled(Input):
    """The inputs of another step, by name. What they mean is judged by that step's own table row."""

    kind: ClassVar[str] = "filled"

    def clean(self, raw: Any) -> dict[str, Any]:
        found = _parsed(raw)
        if not isinstance(found, Mapping):
            raise ValueError(_("this is not a set of named values"))  # noqa: TRY004 # reason: an input refuses with ValueError
        return {str(name): _plain(value) for name, value in found.items()}

    def form_field(self) -> forms.Field:
        return forms.JSONField(label=self.label, required=self.required)


def _plain(value: Any) -> Any:
    """A value as JSON holds it: days in ISO form, records by their key."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset | QuerySet):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.pk if isinstance(value, Model) else str(value) if isinstance(value, Decimal) else value


def _parsed(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _answer(given: Mapping[str, Any]) -> dict[str, Any]:
    number = given.get("item")
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError(_("%(value)s is no item's number") % {"value": repr(number)})  # noqa: TRY004 # reason: as above
    if strangers := sorted(set(given) - PARTS):
        raise ValueError(_("item %(number)s: %(field)s is not asked for") % {"number": number, "field": strangers[0]})
    answer = given.get("answer")
    if answer not in Answer.values:
        allowed = ", ".join(Answer.values)
        text = _("item %(number)s: %(value)s is none of %(allowed)s")
        raise ValueError(text % {"number": number, "value": repr(answer), "allowed": allowed})
    return {"item": number, "answer": str(answer), "reason": str(given.get("reason") or "").strip(), **_revision(number, given)}


def _revision(number: int, given: Mapping[str, Any]) -> dict[str, int]:
    """The text that was read, where it is said."""
    revision = given.get("revision")
    if revision is None:
        return {}
    if isinstance(revision, bool) or not isinstance(revision, int) or revision < 1:
        text = _("item %(number)s: %(value)s is no number of a text")
        raise ValueError(text % {"number": number, "value": repr(revision)})
    return {"revision": revision}
