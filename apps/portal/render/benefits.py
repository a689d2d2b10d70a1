"""What a project plans and reports for sustainable development, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words
from apps.issuance.models import Round
from apps.portal.render.tracker import round_name
from apps.portal.selectors import File, asks_for_plan, counted_rounds
from apps.sustainability.kinds import Indicator
from apps.sustainability.selectors import Line, lines_of, told_of


def benefits(file: File) -> dict[str, Any] | None:
    """The plan with its results; None where the edition asks for no plan, or nothing is published yet.

    `lines`, each with `plan`, `results` and `standing`; `plan`, its version and day; `note`.
    """
    if not (asks_for_plan(file.project) and file.project.inputs_start_on):
        return None
    aims, outcomes = told_of(file.project)
    rounds = {one.pk: one for one in counted_rounds(line.round for line in file.rounds)}
    lines = lines_of(aims, outcomes, list(rounds))
    reported = {key for line in lines for key in line.results}
    return {
        "lines": [_row(line, rounds) for line in lines],
        "plan": plan_words(aims[0].version, day_words(aims[0].filed_on)) if aims else _("No plan was filed as data"),
        "note": _note(round_name(one) for key, one in rounds.items() if key in reported and one.verified_on is None),
    }


def _note(unverified: Iterable[str]) -> str:
    """Whose word the results are, and of which rounds nobody has verified them."""
    text = _(
        "As the participants report. Together: the results of all rounds, with the baseline; of jobs and capacity the newest one."
    )
    for one in unverified:
        text = _("%(first)s %(second)s") % {"first": text, "second": _("%(one)s is not verified yet.") % {"one": one}}
    return text


def plan_words(version: int, day: str) -> str:
    """Which plan it is."""
    return _("Plan, version %(number)s, filed %(day)s") % {"number": version, "day": day}


def unit_words(entry: Indicator) -> str:
    """The unit as it stands below an indicator's name; none where the figure shows it itself."""
    return "" if entry.is_yes_or_no or entry.currency else str(entry.unit.label)


def _row(line: Line, rounds: Mapping[int, Round]) -> dict[str, Any]:
    return {
        "label": line.entry.label,
        "unit": unit_words(line.entry),
        "gloss": line.entry.gloss,
        "aim": line.aim,
        "from_to": _from_to(line),
        "results": list(_results(line, rounds)),
        "standing": None if line.standing is None else line.entry.figure(line.standing),
        "reached": line.is_reached,
    }


def _from_to(line: Line) -> str:
    if line.aim is None:
        return ""
    text = _("from %(baseline)s to %(target)s")
    return text % {"baseline": line.entry.figure(line.aim.baseline), "target": line.entry.figure(line.aim.target)}


def _results(line: Line, rounds: Mapping[int, Round]) -> Iterator[dict[str, Any]]:
    for key, one in line.results.items():
        yield {"round": round_name(rounds[key]), "figure": line.entry.figure(one.result), "note": one.note}
