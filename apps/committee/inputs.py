"""What only the committee's steps ask for: answers to several items at once, the inputs of another step, a moment."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from apps.committee.kinds import Answer
from apps.core.templatetags.gazette import day_words, host_zone, reading
from apps.workflow.inputs import FIRST_DAY, LAST_DAY, Input

PARTS = frozenset({"item", "answer", "reason", "revision"})
ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)


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


@dataclass(frozen=True, slots=True)
class Moment(Input):
    """A moment that says its zone, as an aware datetime or in ISO form; kept in UTC."""

    kind: ClassVar[str] = "moment"

    def clean(self, raw: Any) -> datetime:
        moment = raw if isinstance(raw, datetime) else _iso_moment(str(raw).strip())
        if moment is None or not FIRST_DAY < moment.date() < LAST_DAY:
            raise ValueError(_("%(value)s is not a moment; write it as 2027-03-12T14:30+09:00") % {"value": repr(raw)})
        if moment.utcoffset() is None:
            text = _("%(value)s does not say in which zone; write it as 2027-03-12T14:30+09:00")
            raise ValueError(text % {"value": repr(raw)})
        return moment.astimezone(UTC)

    def dump(self, value: datetime) -> str:
        return value.isoformat()

    def words(self, value: datetime) -> str:
        day, time, zone = reading(value, host_zone(), ends=False)
        return _("%(day)s, %(time)s %(zone)s") % {"day": day_words(day), "time": time, "zone": zone}

    def form_field(self) -> forms.Field:
        help_text = _("With its zone, for example 2027-03-12T14:30+09:00")
        return forms.CharField(label=self.label, required=self.required, help_text=help_text)


def _iso_moment(text: str) -> datetime | None:
    """The moment of a text such as 2027-03-12T14:30+09:00, with or without a zone."""
    with suppress(ValueError):
        return datetime.fromisoformat(text) if ISO_MOMENT.fullmatch(text) else None
    return None


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
