"""Quirks of the public record: joint totals, nulls that are none or were not read, rules and a case in one meeting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.rehearsal.books import editions_used
from apps.rehearsal.planner import plan_of
from apps.rehearsal.record import Record, read_record
from apps.rehearsal.replay import perform_record
from apps.rehearsal.scratch import Theatre

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


FIRST_MEETING = [
    {"kind": "pin_no_objection", "project_idea": "XA_PIN001", "title": "Solar power"},
    {"kind": "rules_adoption", "document": "Rules of Procedures for the Joint Committee"},
    {"kind": "rules_adoption", "document": "Project Idea Note form"},
]


def first_meeting(tmp_path: Path, items: list[dict[str, str]]) -> Record:
    """A record of nothing but the committee's first meeting."""
    decision = {"date": "2023-10-13", "form": "meeting", "meeting_no": 1, "place": "Battaramulla", "items": items}
    found = json.loads(SOURCE.read_text(encoding="utf-8"))
    empty = {"methodologies": [], "tpes": [], "projects": [], "issuances": []}
    file = tmp_path / "record.json"
    file.write_text(json.dumps({**found, **empty, "decisions": [decision]}), encoding="utf-8")
    return read_record(file)


@pytest.mark.django_db(transaction=True)
def test_awkward_case_41_the_first_meeting_adopts_the_rules_and_decides_by_them(tmp_path: Path, stages: Theatre) -> None:
    """Whatever stands first in the minutes: a planned project can be decided only by rules that are adopted."""
    with stages.site("XA", "Example"):
        report = perform_record(first_meeting(tmp_path, FIRST_MEETING))
        assert editions_used() == ["jcm_2013", "jcm_2022"]
    assert (report.performed, report.skipped, report.refused) == (3, [], [])
    assert (report.decisions, report.adopted) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_awkward_case_41_without_the_rules_the_planned_project_stays_skipped(tmp_path: Path, stages: Theatre) -> None:
    with stages.site("XA", "Example"):
        report = perform_record(first_meeting(tmp_path, FIRST_MEETING[:2]))
    assert [(one.ref, one.why) for one in report.skipped] == [
        ("XA_PIN001", "jcm_2013, in force on 2023-10-13, does not know idea_note")
    ]
    assert (report.performed, report.refused, report.decisions, report.adopted) == (1, [], 1, 1)
