"""What stands in the database after a replay, in the words of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from apps.accounts.roles import Side
from apps.events.models import Event
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.issuance.selectors import reconcile
from apps.methodologies.models import MethodologyVersion
from apps.projects.models import Project
from apps.projects.procedure import State as ProjectState
from apps.registry.selectors import totals_by_side
from apps.third_party_entities.models import ThirdPartyEntity
from apps.third_party_entities.procedure import State as EntityState
from apps.workflow.audit import differences

DECIDED = (RoundState.NOTIFIED, RoundState.CLOSED)


def books() -> dict[str, Any]:
    """Methodologies, projects with their rounds, entities, invariants, log and ledger as they stand now."""
    return {
        "steps": Event.objects.count(),
        "methodologies": dict(_methodologies()),
        "projects": dict(_projects()),
        "third_party_entities": dict(_entities()),
        "invariants": reconcile() or "ok",
        "log": differences() or "verified",
        "ledger": {side.value: tonnes for side, tonnes in totals_by_side().items()},
    }


def editions_used() -> list[str]:
    """The editions that files were opened under, in the order of their first act."""
    return list(dict.fromkeys(Event.objects.order_by("id").values_list("edition", flat=True)))


def _methodologies() -> Iterator[tuple[str, Any]]:
    for version in MethodologyVersion.objects.select_related("methodology"):
        name = f"{version.methodology.reference} {version.label}"
        yield name, {"state": "approved", "approved_on": version.approved_on.isoformat()}


def _projects() -> Iterator[tuple[str, Any]]:
    files = Project.objects.prefetch_related(
        "rounds", "methodologies_applied__version__methodology", "methodologies_applied__proposal"
    )
    for project in files.exclude(reference="").order_by("number"):
        rounds = [one for one in project.rounds.all() if one.state in DECIDED]
        yield project.reference, _project(project, sorted(rounds, key=lambda one: one.period_starts_on))


def _project(project: Project, rounds: list[Round]) -> dict[str, Any]:
    return {
        "state": _status(project),
        "stands": project.state,
        "registered_on": _iso(project.registered_on),
        "methodologies": [
            f"{one.version.methodology.reference} {one.version.label}" if one.version else str(one.proposal)
            for one in project.methodologies_applied.all()
        ],
        "rounds": [_round(one) for one in rounds],
        **{f"{side.value}_issued": sum(_tonnes(rounds, side, issued=True)) for side in Side},
        **{f"{side.value}_pending": sum(_tonnes(rounds, side, issued=False)) for side in Side},
    }


def _status(project: Project) -> str:
    """The record's own word: a published project is in validation until it is registered or withdrawn."""
    if project.state == ProjectState.REGISTERED:
        return "registered"
    return "registration_request_withdrawn" if project.state == ProjectState.REQUEST_WITHDRAWN else "validation"


def _round(one: Round) -> dict[str, Any]:
    return {
        "start": one.period_starts_on.isoformat(),
        "end": one.period_ends_on.isoformat(),
        "decided_on": _iso(one.decided_on),
        "total": one.decided_tonnes,
        "host": one.host_tonnes,
        "japan": one.japan_tonnes,
        "host_issued_on": _iso(one.host_issued_on),
        "japan_issued_on": _iso(one.japan_issued_on),
    }


def _tonnes(rounds: Iterable[Round], side: Side, *, issued: bool) -> Iterator[int]:
    for one in rounds:
        done = getattr(one, f"{side.value}_issued_on") is not None
        if done == issued:
            yield getattr(one, f"{side.value}_tonnes") or 0


def _entities() -> Iterator[tuple[str, Any]]:
    for entity in ThirdPartyEntity.objects.filter(state=EntityState.DESIGNATED).select_related("organisation").order_by("number"):
        yield entity.organisation.name, {"designated_on": _iso(entity.designated_on), "number": entity.reference}


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None
