"""A record is performed through the real engine, in date order, on a scratch site of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from time import monotonic
from typing import Any

from apps.core.calendar import JST
from apps.core.clock import rehearse
from apps.rehearsal.acts.stage import OPENS_AT, Stage
from apps.rehearsal.books import books, editions_used
from apps.rehearsal.people import Players, committee_of
from apps.rehearsal.planner import plan_of
from apps.rehearsal.record import Record
from apps.rehearsal.report import Report
from apps.rehearsal.run import Run
from apps.rehearsal.scenes import scenes_of
from apps.rehearsal.scratch import Theatre, theatre


def replay_all(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Rehearse records one after the other, each on a site of its own, and give their reports as they come."""
    with theatre() as stages:
        for record in records:
            yield replay(record, stages)


def replay(record: Record, stages: Theatre) -> dict[str, Any]:
    """Rehearse a record and return its report; the scratch site is gone afterwards."""
    started = monotonic()
    with stages.site(record.partner, record.partner_name):
        report = perform_record(record)
        after = books()
        edition = editions_used()
    return {
        "partner": record.partner,
        "edition": edition,
        "seconds": round(monotonic() - started, 2),
        "steps": after.pop("steps"),
        "decisions": {"total": len(record.decisions), "adopted": report.adopted},
        "items": report.items(),
        **{name: after[name] for name in ("methodologies", "projects", "third_party_entities")},
        "assumed": dict(sorted(report.assumed.items())),
        **{name: after[name] for name in ("invariants", "log", "ledger")},
    }


def perform_record(record: Record) -> Report:
    """Perform a record on the scratch site in use; what was performed, skipped and refused."""
    report, plan = Report(record.partner), plan_of(record)
    for on, kind, ref, why in plan.skipped:
        report.skip(on, kind, ref, why)
    scenes = scenes_of(plan)
    if not scenes:
        return report
    with rehearse(datetime.combine(scenes[0][0], OPENS_AT, JST)) as clock:
        players = Players(scenes[0][0])
        players.appoint(committee_of(record.partner_name))
        run = Run(record, report, Stage(players, clock))
        for on, _rank, act in scenes:
            run.stage.go_to(on)
            act(run)
    return report
