"""Reading plans and reports: what stands in their newest versions, and how results stand against targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from apps.sustainability.inputs import Planned
from apps.sustainability.kinds import BY_KEY, INDICATORS, Course, Indicator
from apps.sustainability.models import Plan, PlannedIndicator, Report, ReportedIndicator

TOLD_OF_PLAN = ("indicator", "baseline", "target", "target_on", "method", "note")
TOLD_OF_REPORT = ("indicator", "result", "note", "unplanned")


@dataclass(frozen=True, slots=True)
class Aim:
    """A line of the newest plan, with the version and the day of that plan."""

    entry: Indicator
    baseline: int
    target: int
    target_on: date
    method: str
    note: str
    version: int
    filed_on: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the newest report of a round."""

    entry: Indicator
    round_id: int
    result: int
    note: str
    unplanned: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a project: its aim (None: unplanned), its results by round, and where they stand together.

    `standing` is None as long as nothing is reported. It includes the baseline, as the target does.
    """

    entry: Indicator
    aim: Aim | None
    results: Mapping[int, Outcome]
    standing: int | None

    @property
    def is_reached(self) -> bool:
        return self.aim is not None and self.standing is not None and self.standing >= self.aim.target

    def standing_in(self, rounds: Collection[int]) -> int | None:
        """Where the results of some of the rounds alone stand."""
        return _standing(self.entry, self.aim, [one for key, one in self.results.items() if key in rounds])


@dataclass(frozen=True, slots=True)
class Filed:
    """What projects have filed: the newest plan, and the newest report of each round, by project."""

    aims: Mapping[int, Sequence[Aim]] = field(default_factory=dict)
    outcomes: Mapping[int, Sequence[Outcome]] = field(default_factory=dict)


# --- The newest versions --------------------------------------------------------------------------


def newest_plan(project_id: int) -> Plan | None:
    """The newest version of a project's plan; None before the first."""
    return Plan.objects.filter(project_id=project_id).order_by("-number").first()


def planned_keys(project_id: int) -> set[str]:
    """The indicators of the newest plan of a project."""
    return set(_planned().filter(plan__project_id=project_id).values_list("indicator", flat=True))


def planned_lines(project_id: int) -> list[Planned]:
    """The lines of the newest plan of a project."""
    rows = _planned().filter(plan__project_id=project_id).values(*TOLD_OF_PLAN)
    return [Planned(**row) for row in rows]


def versions_of_plan(project_id: int) -> int:
    """How many versions of its plan a project has filed."""
    return Plan.objects.filter(project_id=project_id).count()


def versions_of_report(round_id: int) -> int:
    """How many versions of its report a round has filed."""
    return Report.objects.filter(round_id=round_id).count()


def filed_by(project_ids: Iterable[int]) -> Filed:
    """What some projects have filed; two queries whatever their number."""
    ids = list(project_ids)
    aims: dict[int, list[Aim]] = defaultdict(list)
    for one in _planned().filter(plan__project_id__in=ids).values("plan__project_id", told=_told_of_plan()):
        aims[one["plan__project_id"]].append(_aim(one["told"]))
    outcomes: dict[int, list[Outcome]] = defaultdict(list)
    for row in _reported().filter(report__project_id__in=ids).values("report__project_id", told=_told_of_report()):
        outcomes[row["report__project_id"]].append(_outcome(row["told"]))
    return Filed(aims, outcomes)


def told_with(projects: QuerySet[Any]) -> QuerySet[Any]:
    """The same projects with `aims_told` and `outcomes_told`, read in their own query; `told_of` reads them back."""
    aims = _planned().filter(plan__project_id=OuterRef("pk")).values(told=_told_of_plan())
    outcomes = _reported().filter(report__project_id=OuterRef("pk")).values(told=_told_of_report())
    found: QuerySet[Any] = projects.annotate(aims_told=ArraySubquery(aims), outcomes_told=ArraySubquery(outcomes))
    return found


def told_of(project: Any) -> tuple[list[Aim], list[Outcome]]:
    """The plan and the reports that came with a project of `told_with`."""
    return [_aim(one) for one in project.aims_told], [_outcome(one) for one in project.outcomes_told]


def _planned() -> QuerySet[PlannedIndicator]:
    newer = Plan.objects.filter(project_id=OuterRef("plan__project_id"), number__gt=OuterRef("plan__number"))
    return PlannedIndicator.objects.filter(~Exists(newer)).order_by("id")


def _reported() -> QuerySet[ReportedIndicator]:
    newer = Report.objects.filter(round_id=OuterRef("report__round_id"), number__gt=OuterRef("report__number"))
    return ReportedIndicator.objects.filter(~Exists(newer)).order_by("id")


def _told_of_plan() -> JSONObject:
    names = {name: F(name) for name in TOLD_OF_PLAN}
    return JSONObject(**names, version=F("plan__number"), filed_on=F("plan__filed_on"))


def _told_of_report() -> JSONObject:
    return JSONObject(**{name: F(name) for name in TOLD_OF_REPORT}, round_id=F("report__round_id"))


def _aim(told: Mapping[str, Any]) -> Aim:
    given: dict[str, Any] = {name: told[name] for name in ("baseline", "target", "method", "note", "version")}
    given |= {name: date.fromisoformat(told[name]) for name in ("target_on", "filed_on")}
    return Aim(entry=BY_KEY[told["indicator"]], **given)


def _outcome(told: Mapping[str, Any]) -> Outcome:
    rest = {name: told[name] for name in ("round_id", "result", "note", "unplanned")}
    return Outcome(entry=BY_KEY[told["indicator"]], **rest)


# --- Results against targets ----------------------------------------------------------------------


def lines_of(aims: Iterable[Aim], outcomes: Iterable[Outcome], rounds: Sequence[int]) -> list[Line]:
    """Every indicator that is planned or reported, in the order of the list.

    `rounds` are the rounds that count, in the order of their periods: results of others are left out.
    """
    planned = {one.entry.key: one for one in aims}
    reported: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.round_id in rounds:
            reported[one.entry.key].append(one)
    entries = [one for one in INDICATORS if one.key in planned or one.key in reported]
    return [_line(one, planned.get(one.key), sorted(reported[one.key], key=_place_in(rounds))) for one in entries]


def _place_in(rounds: Sequence[int]) -> Any:
    order = {key: place for place, key in enumerate(rounds)}
    return lambda one: order[one.round_id]


def _line(entry: Indicator, aim: Aim | None, results: Sequence[Outcome]) -> Line:
    return Line(entry, aim, {one.round_id: one for one in results}, _standing(entry, aim, results))


def _standing(entry: Indicator, aim: Aim | None, results: Sequence[Outcome]) -> int | None:
    """What happened in periods is added to the baseline; of what stands, the last period's result counts."""
    if not results:
        return None
    if entry.course == Course.STANDS:
        return results[-1].result
    return (aim.baseline if aim else 0) + sum(one.result for one in results)
