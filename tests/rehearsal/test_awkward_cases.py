"""Quirks of the public record: joint totals, nulls that are none and nulls that were not read. Awkward cases 13 and 45."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apps.rehearsal.planner import plan_of
from apps.rehearsal.record import Record, read_record

SOURCE = Path(__file__).parent / "records" / "second_generation.json"


def changed(tmp_path: Path, **issuance: Any) -> Record:
    """The record with another line in the register of issuances."""
    found = json.loads(SOURCE.read_text(encoding="utf-8"))
    found["issuances"][0] |= issuance
    file = tmp_path / "record.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    return read_record(file)


def test_awkward_case_13_a_joint_total_of_several_projects_is_nobodys(tmp_path: Path) -> None:
    plan = plan_of(changed(tmp_path, projects=["XA001", "XA002"]))
    assert plan.rounds == []
    assert [(kind, ref, why) for _on, kind, ref, why in plan.skipped if kind == "credit_issuance"][:1] == [
        ("credit_issuance", "XA001 XA002", "projects: only a joint total was read")
    ]


def test_awkward_case_45_no_day_with_nothing_is_none_and_no_day_with_tonnes_is_not_yet(tmp_path: Path) -> None:
    nothing = {"total": 21, "amount_japan": 0, "issued_japan": 0, "issuance_date_japan": None}
    (none,) = plan_of(changed(tmp_path, **nothing)).rounds
    assert (none.japan, none.record.japan_issued_on) == (0, None)
    (pending,) = plan_of(changed(tmp_path, issued_japan=None, issuance_date_japan=None)).rounds
    assert (pending.japan, pending.record.issued_japan, pending.record.japan_issued_on) == (80, None, None)
