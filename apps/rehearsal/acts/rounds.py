"""Rounds are monitored, verified, requested and issued."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.accounts.roles import Role, Side
from apps.core.clock import today
from apps.findings.kinds import Examination
from apps.issuance.models import Round
from apps.issuance.services import open_round
from apps.projects.models import Project
from apps.rehearsal.acts import findings
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
    """The verifier accepts, if it has not done so, and reports a positive opinion on so many tonnes after a visit that day."""
    if one.verifier is None:
        raise ValueError(f"{one.reference}: no verifier was named")
    actor = stage.players.of(one.verifier.organisation, Role.TPE)
    accepted = findings.accept(stage, one, one.verifier)
    said = {"requirements": findings.ticked(one), "examination": Examination.SITE_VISIT.value, "visited_on": today()}
    return stage.act(accepted, "verify_positive", actor, verified_tonnes=tonnes, **said)


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
