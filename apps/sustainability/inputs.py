"""What a plan and a report ask for: lines about indicators, as text with one line each, or as mappings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.templatetags.gazette import day_words
from apps.sustainability.kinds import BY_KEY, MOST, Indicator
from apps.workflow.inputs import Day, Input, whole

PLAN_PARTS = ("indicator", "baseline", "target", "target_on", "method", "note")
RESULT_PARTS = ("indicator", "result", "note", "unplanned")
LONGEST_METHOD, LONGEST_NOTE = 200, 1_000
UNPLANNED = "unplanned"
ANSWERS = {"yes": 1, "no": 0}


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of a plan: what stood before, what shall stand on a day, and how it is measured."""

    indicator: str
    baseline: int
    target: int
    target_on: date
    method: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A line of a report: the result of the period; an unplanned one with its sentence."""

    indicator: str
    result: int
    note: str = ""
    unplanned: bool = False


@dataclass(frozen=True, slots=True)
class PlanLines(Input):
    """The plan: per line `indicator; baseline; target; target day; how it is measured; in words`.

    Whole numbers in the unit of the indicator, or yes and no; the words are needed for yes and no alone. Source: rules 4.4.
    """

    kind: ClassVar[str] = "sd_plan"

    def clean(self, raw: Any) -> list[Planned]:
        return _once([_planned(number, given) for number, given in _lines(raw, PLAN_PARTS)])

    def dump(self, value: list[Planned]) -> list[dict[str, Any]]:
        return [{**asdict(one), "target_on": one.target_on.isoformat()} for one in value]

    def words(self, value: list[Planned]) -> str:
        return "\n".join(map(_planned_words, value))

    def form_field(self) -> forms.Field:
        form = _(
            "One indicator per line: indicator; baseline; target; day of the target; how it is measured; in words."
            " For example: `training_hours; 0; 240; 2028-03-31; attendance lists`."
            " The page “Sustainable development” explains the indicators; what you write here is published."
        )
        return self.lines_field(8, form)


@dataclass(frozen=True, slots=True)
class ResultLines(Input):
    """The report: per line `indicator; result; in words; unplanned`, the last part only for what the plan does not foresee.

    Results of the period, in the unit of the indicator, or yes and no. Source: rules 2.11, 4.4.
    """

    kind: ClassVar[str] = "sd_results"

    def clean(self, raw: Any) -> list[Result]:
        return _once([_result(number, given) for number, given in _lines(raw, RESULT_PARTS)])

    def dump(self, value: list[Result]) -> list[dict[str, Any]]:
        return [asdict(one) for one in value]

    def words(self, value: list[Result]) -> str:
        return "\n".join(map(_result_words, value))

    def form_field(self) -> forms.Field:
        form = _(
            "One indicator of the plan per line, with the result of this period: indicator; result; in words."
            " For example: `training_hours; 96; two courses on site`."
            " Where the plan does not foresee the indicator, say why, and add the word `unplanned`:"
            " `people_served; 300; a second village was connected; unplanned`. What you write here is published."
        )
        return self.lines_field(6, form)


PLAN = PlanLines("sd_plan", gettext_lazy("Indicators of the sustainable development plan"))
# Where no plan needs to be given, or the one that was filed may stand.
PLAN_IF_ANY = PlanLines("sd_plan_if_any", gettext_lazy("Indicators of the sustainable development plan"), required=False)
RESULTS = ResultLines("sd_results", gettext_lazy("Results for sustainable development in this period"), required=False)


def plan_in(inputs: Mapping[str, Any]) -> tuple[str, list[Planned]]:
    """The name of the input by which a plan is given, and its lines; none where it is left out."""
    name = PLAN.name if PLAN.name in inputs else PLAN_IF_ANY.name
    return name, list(inputs.get(name, ()))


def results_in(inputs: Mapping[str, Any]) -> list[Result]:
    """The lines of a report that is given; none where it is left out."""
    return list(inputs.get(RESULTS.name, ()))


# --- Lines ----------------------------------------------------------------------------------------


def _lines(raw: Any, parts: tuple[str, ...]) -> list[tuple[int, dict[str, Any]]]:
    """Each line with its number. Raises ValueError where it is no list of lines, or a line has a part that is not asked for."""
    found = list(filter(str.strip, raw.splitlines())) if isinstance(raw, str) else raw
    if not isinstance(found, list | tuple) or not all(isinstance(one, str | Mapping) for one in found):
        raise ValueError(_("this is not a list of lines; give each with its parts: %(parts)s") % {"parts": "; ".join(parts)})
    return [(number, _parts(number, one, parts)) for number, one in enumerate(found, start=1)]


def _parts(number: int, line: str | Mapping[str, Any], parts: tuple[str, ...]) -> dict[str, Any]:
    if isinstance(line, str):
        given = [part.strip() for part in line.split(";")]
        if len(given) > len(parts):
            text = _("line %(number)s has %(count)s parts; write at most %(most)s, parted by semicolons: %(parts)s")
            counts = {"number": number, "count": len(given), "most": len(parts), "parts": "; ".join(parts)}
            raise ValueError(text % counts)
        return dict(zip(parts, given, strict=False))
    if strangers := sorted(str(name) for name in set(line) - set(parts)):
        text = _("line %(number)s: %(field)s is not asked for; leave it out")
        raise ValueError(text % {"number": number, "field": strangers[0]})
    return dict(line)


def _planned(number: int, given: Mapping[str, Any]) -> Planned:
    entry = _entry(number, given)
    baseline, target = (_amount(number, entry, name, given) for name in ("baseline", "target"))
    if target < baseline:
        text = _("line %(number)s: the target of %(indicator)s is below its baseline; the target includes the baseline")
        raise ValueError(text % {"number": number, "indicator": entry.key})
    return Planned(
        indicator=entry.key,
        baseline=baseline,
        target=target,
        target_on=_day(number, given),
        method=_said(number, "method", given, LONGEST_METHOD, needed=True),
        note=_said(number, "note", given, LONGEST_NOTE, needed=entry.is_yes_or_no),
    )


def _result(number: int, given: Mapping[str, Any]) -> Result:
    entry, unplanned = _entry(number, given), _mark(number, given)
    result = _amount(number, entry, "result", given)
    needed = unplanned or (entry.is_yes_or_no and result == ANSWERS["yes"])
    return Result(entry.key, result, _said(number, "note", given, LONGEST_NOTE, needed=needed), unplanned)


def _entry(number: int, given: Mapping[str, Any]) -> Indicator:
    key = str(given.get("indicator") or "").strip()
    if key in BY_KEY:
        return BY_KEY[key]
    text = _("line %(number)s: %(value)s is no indicator; choose one of %(keys)s")
    raise ValueError(text % {"number": number, "value": repr(key), "keys": ", ".join(BY_KEY)})


def _amount(number: int, entry: Indicator, name: str, given: Mapping[str, Any]) -> int:
    raw = given.get(name)
    text = "" if raw is None else str(raw).strip().casefold()
    if entry.is_yes_or_no:
        return _answer(number, entry, name, text)
    amount = whole(raw, MOST)
    if amount is None:
        wrong = _("line %(number)s: %(value)s is no %(field)s of %(indicator)s; write a whole number in digits (%(unit)s)")
        said = {"number": number, "value": repr(raw), "field": name, "indicator": entry.key, "unit": entry.unit.label}
        raise ValueError(wrong % said)
    return amount


def _answer(number: int, entry: Indicator, name: str, text: str) -> int:
    """Yes or no, also as 1 and 0, in which the log keeps them."""
    known = {**ANSWERS, "1": 1, "0": 0}
    if text in known:
        return known[text]
    wrong = _("line %(number)s: %(value)s is no %(field)s of %(indicator)s; write yes or no")
    raise ValueError(wrong % {"number": number, "value": repr(text), "field": name, "indicator": entry.key})


def _day(number: int, given: Mapping[str, Any]) -> date:
    try:
        return Day("target_on", "").clean(given.get("target_on") or "")
    except ValueError as error:
        raise ValueError(_("line %(number)s: target day: %(why)s") % {"number": number, "why": error}) from None


def _said(number: int, name: str, given: Mapping[str, Any], longest: int, *, needed: bool) -> str:
    text = str(given.get(name) or "").strip()
    what = {"method": _("how it is measured"), "note": _("a sentence in words")}[name]
    if needed and not text:
        raise ValueError(_("line %(number)s: %(what)s is missing; add it") % {"number": number, "what": what})
    if len(text) > longest:
        wrong = _("line %(number)s: %(what)s has %(count)s characters; write at most %(most)s")
        raise ValueError(wrong % {"number": number, "what": what, "count": len(text), "most": longest})
    return text


def _mark(number: int, given: Mapping[str, Any]) -> bool:
    raw = given.get("unplanned")
    if raw in (None, "", False):
        return False
    if raw is True or str(raw).strip().casefold() == UNPLANNED:
        return True
    wrong = _("line %(number)s: %(value)s is not understood; the fourth part is the word `unplanned`, or is left out")
    raise ValueError(wrong % {"number": number, "value": repr(raw)})


def _once(lines: list[Any]) -> list[Any]:
    """The same lines. Raises ValueError where an indicator has two."""
    seen: dict[str, int] = {}
    for number, one in enumerate(lines, start=1):
        if one.indicator in seen:
            text = _("line %(number)s: %(indicator)s stands in line %(first)s already; leave one of them out")
            raise ValueError(text % {"number": number, "indicator": one.indicator, "first": seen[one.indicator]})
        seen[one.indicator] = number
    return lines


# --- Words ----------------------------------------------------------------------------------------


def _planned_words(one: Planned) -> str:
    entry = BY_KEY[one.indicator]
    text = _("%(indicator)s: from %(baseline)s to %(target)s by %(day)s; measured by %(method)s")
    return _with_note(one.note, text % {
        "indicator": entry.label,
        "baseline": entry.words(one.baseline),
        "target": entry.words(one.target),
        "day": day_words(one.target_on),
        "method": one.method,
    })  # fmt: skip


def _result_words(one: Result) -> str:
    entry = BY_KEY[one.indicator]
    said = {"indicator": entry.label, "result": entry.words(one.result)}
    text = _("%(indicator)s: %(result)s, not in the plan") if one.unplanned else _("%(indicator)s: %(result)s")
    return _with_note(one.note, text % said)


def _with_note(note: str, text: str) -> str:
    return f"{text} ({note})" if note else text
