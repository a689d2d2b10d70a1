"""What only orders on time and lists of holidays ask for: a file whose clock runs, a time limit, a list of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.accounts.render import side_code
from apps.core.holidays import in_language
from apps.core.templatetags.gazette import day_words
from apps.workflow import registry
from apps.workflow.inputs import ISO_DATE, Input, storable
from apps.workflow.models import Deadline, Subject
from apps.workflow.selectors import limits_of, running_limits

LONGEST_NAME = 120
MOST_HOLIDAYS = 100


@dataclass(frozen=True, slots=True)
class RunningFile(Input):
    """A file, or `procedure:key`, which is also its value. A page offers those with a time limit that can be stopped."""

    kind: ClassVar[str] = "running_file"

    def clean(self, raw: Any) -> str:
        text = registry.name_of(raw) if isinstance(raw, Subject) else str(raw).strip()
        found = registry.NAME.fullmatch(text)
        known = found and registry.is_procedure(found[1])
        if not found or not known or not registry.model_of(found[1])._default_manager.filter(pk=int(found[2])).exists():
            raise ValueError(_("%(value)s is no file; choose one of those that are offered") % {"value": repr(raw)})
        return text

    def naming(self, subject: Model) -> str:
        if not isinstance(subject, Subject) or not any(limit.stops for _deadline, limit in limits_of(subject)):
            return ""
        return registry.name_of(subject)

    def words(self, value: str) -> str:
        subject_type, subject_id = registry.key_of(value)
        return str(registry.model_of(subject_type)._default_manager.get(pk=subject_id))

    def form_field(self) -> forms.Field:
        files = {registry.name_of(file): str(file) for file, _deadline, limit in running_limits() if limit.stops}
        return chosen(self, sorted(files.items(), key=lambda one: one[1]))


@dataclass(frozen=True, slots=True)
class RunningLimit(Input):
    """A time limit that runs, or its key, which is also its value. A page offers those that can be extended."""

    kind: ClassVar[str] = "running_limit"

    def clean(self, raw: Any) -> int:
        text = str(raw.pk if isinstance(raw, Deadline) else raw).strip()
        digits = text.isascii() and text.isdigit() and len(text) <= len(str(2**62))
        if not digits or not Deadline.objects.filter(pk=int(text)).exists():
            raise ValueError(_("%(value)s is no time limit; choose one of those that are offered") % {"value": repr(raw)})
        return int(text)

    def words(self, value: int) -> str:
        deadline = Deadline.objects.get(pk=value)
        file = registry.model_of(deadline.subject_type)._default_manager.get(pk=deadline.subject_id)
        return limit_words(file, deadline)

    def form_field(self) -> forms.Field:
        found = [(str(one.pk), limit_words(file, one)) for file, one, limit in running_limits() if limit.extends]
        return chosen(self, sorted(found, key=lambda one: one[1]))


def chosen(asked: Input, offered: Sequence[tuple[str, str]]) -> forms.Field:
    """One of what is offered, by a list that a keyboard can search."""
    return forms.ChoiceField(label=asked.label, required=asked.required, choices=[("", _("Choose")), *offered])


def limit_words(file: Subject, deadline: Deadline) -> str:
    """A time limit in one line: the file, what is due, by which day."""
    row = file.procedure.row(file.edition, deadline.step)
    words = {"file": file, "step": row.title if row else deadline.step, "day": day_words(deadline.last_day, "short")}
    return _("%(file)s: %(step)s, by %(day)s") % words


@dataclass(frozen=True, slots=True)
class Holidays(Input):
    """Days with their names, line by line (2027-01-26 Republic Day), or as pairs. Each day once, in order."""

    kind: ClassVar[str] = "holidays"

    def clean(self, raw: Any) -> list[list[str]]:
        lines = [line for line in raw.splitlines() if line.strip()] if isinstance(raw, str) else list(raw)
        days = dict(_day(line) for line in lines)
        if len(days) < len(lines):
            raise ValueError(_("a day stands there twice; write each day once, with all its names"))
        if len(days) > MOST_HOLIDAYS:
            raise ValueError(
                _("%(count)s days are too many; write at most %(most)s") % {"count": len(days), "most": MOST_HOLIDAYS}
            )
        return [[day.isoformat(), name] for day, name in sorted(days.items())]

    def words(self, value: list[list[str]]) -> str:
        return "\n".join(holiday_lines(value))

    def form_field(self) -> forms.Field:
        return self.lines_field(20, _("One day a line, the day first, for example 2027-01-26 Republic Day."))


def holiday_lines(days: Sequence[Sequence[str]], side: str = "") -> Iterator[str]:
    """Holidays as they are read, line by line; those of a side in the reader's language where that is known."""
    for written, name in days:
        day = date.fromisoformat(written)
        told = (in_language(side_code(side), day, name, get_language() or "") if side else "") or name
        yield _("%(day)s: %(name)s") % {"day": day_words(day, "full"), "name": told}


def _day(line: Any) -> tuple[date, str]:
    """One day with its name. Raises ValueError with a sentence that names the line."""
    text = line.strip() if isinstance(line, str) else " ".join(map(str, line))
    first, _sep, rest = text.partition(" ")
    name, day = rest.strip(), None
    with suppress(ValueError):
        day = date.fromisoformat(first) if ISO_DATE.fullmatch(first) else None
    if day is None or not name or len(name) > LONGEST_NAME or not storable(name):
        raise ValueError(_("%(value)s is no day with a name; write it as 2027-01-26 Republic Day") % {"value": repr(text)})
    return day, name
