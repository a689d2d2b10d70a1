"""Rounds are monitored, verified, requested and issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

from apps.accounts.roles import Role, Side
from apps.core.clock import today
from apps.findings.kinds import Examination
from apps.issuance.models import Round
from apps.issuance.services import open_round
from apps.projects.kinds import GOVERNMENT
from apps.projects.models import Project
from apps.rehearsal.acts import findings
from apps.rehearsal.acts.sheets import calculated
from apps.rehearsal.acts.stage import Stage
from apps.sustainability.inputs import RESULTS
from apps.third_party_entities.models import ThirdPartyEntity


def open_period(stage: Stage, project: Project, *, starts_on: date, ends_on: date) -> Round:
    """The focal point opens a monitoring period; both days belong to it."""
    stage.tick()
    actor = stage.players.of(project.focal_point, Role.PARTICIPANT)
    opened = open_round(project=project, actor=actor, starts_on=starts_on, ends_on=ends_on)
    return Round.objects.get(pk=opened.pk)


def speak(stage: Stage, one: Round, key: str, **inputs: Any) -> Round:
    """A step of the focal point."""
    return stage.act(one, key, stage.players.of(one.project.focal_point, Role.PARTICIPANT), **inputs)


def report(stage: Stage, one: Round, verifier: ThirdPartyEntity, results: str = "") -> Round:
    """The monitoring report is submitted, with results for sustainable development if there are, and the verifier named."""
    reported = speak(stage, one, "report", **({RESULTS.name: results} if results else {}))
    return speak(stage, reported, "assign_verifier", verifier=verifier.pk)


def verify(stage: Stage, one: Round, tonnes: int) -> Round:
    """The verifier accepts, if it has not done so, and reports a positive opinion on so many tonnes after a visit that day.

    Where the site calculates, on what it has calculated.
    """
    if one.verifier is None:
        raise ValueError(f"{one.reference}: no verifier was named")
    actor = stage.players.of(one.verifier.organisation, Role.TPE)
    accepted = findings.accept(stage, one, one.verifier)
    said = {"requirements": findings.ticked(one), "examination": Examination.SITE_VISIT.value, "visited_on": today()}
    return stage.act(accepted, "verify_positive", actor, **_found(one, tonnes), **said)


def _found(one: Round, tonnes: int) -> dict[str, Any]:
    """The verified tonnes; of each calendar year where the edition asks for them: as calculated, else by its days."""
    years = calculated(one)
    asked = len(one.years) > 1 and one.rules.gate("amounts_by_vintage")
    by_year = {"verified_by_year": years or by_days(one, tonnes)} if asked else {}
    return {"verified_tonnes": sum(years.values()) if years else tonnes, **by_year}


def by_days(one: Round, tonnes: int) -> dict[int, int]:
    """Invented amounts for rehearsals: tonnes laid out over the calendar years by their days; the last has the rest."""
    first, last = one.period_starts_on, one.period_ends_on
    ends = {year: min(date(year, 12, 31), last) for year in one.years}
    return _laid_out(tonnes, {year: (end - max(date(year, 1, 1), first)).days + 1 for year, end in ends.items()})


def _laid_out(tonnes: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Whole tonnes over years by their weights: no year has more than its weight where the sum has not."""
    until = [tonnes * passed // sum(weights.values()) for passed in accumulate(weights.values(), initial=0)]
    return {year: later - before for year, (before, later) in zip(weights, pairwise(until), strict=True)}


def amounts(one: Round, *, host: int, japan: int) -> list[dict[str, Any]]:
    """The lines of an invented decision on all that was verified: each side's tonnes to its Government, year by year."""
    found = calculated(one)
    together, own = (_laid_out(sum_, found) if found else by_days(one, sum_) for sum_ in (host + japan, host))
    split = {Side.HOST: own, Side.JAPAN: {year: together[year] - own[year] for year in together}}
    return [
        {"year": year, "side": side.value, "holder": GOVERNMENT, "tonnes": tonnes}
        for side, years in split.items()
        for year, tonnes in years.items()
    ]


def request(stage: Stage, one: Round) -> Round:
    """Issuance is requested."""
    return speak(stage, one, "request_issuance")


def accept(stage: Stage, one: Round) -> Round:
    """The secretariat finds the request complete."""
    return stage.act(one, "accept_as_complete", stage.players.one(Role.SECRETARIAT, Side.JAPAN))


def approve(stage: Stage, one: Round, side: Side) -> Round:
    """One government gives its prior approval of the issuance."""
    return stage.act(one, f"approve_issuance_{side.value}", stage.players.one(Role.GOVERNMENT, side))


def issue(stage: Stage, one: Round, side: Side) -> Round:
    """One side's registry officer issues what was decided for it, all to the government's account."""
    return stage.act(one, f"issue_{side.value}", stage.players.one(Role.REGISTRY, side))
