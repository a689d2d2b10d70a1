"""Idea notes of a record are decided where the edition in force knows them, and skipped with the reason where not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.rehearsal.scratch import Theatre
from tests.rehearsal.test_replay import RECORDS, on_copies, run

pytestmark = on_copies


@pytest.fixture(scope="module")
def india(stages: Theatre, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("replay") / "out.json"
    done = run(stages, RECORDS / "india.json", "--report", str(out))
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8")) if out.is_file() else {"failed": done.stderr}
    return report


def test_notes_exemptions_and_decisions_in_other_words_are_performed(india: dict[str, Any]) -> None:
    # Rules, IN_PIN002, IN_PIN003, two ideas in one item, three exemptions, and the project in validation.
    assert india["items"]["performed"] == 1 + 1 + 1 + 2 + 3 + 1 + 1
    assert (india["invariants"], india["log"], india["edition"]) == ("ok", "verified", ["india_2026"])


def test_a_number_that_was_given_before_is_refused_like_the_second_lk_pin002(india: dict[str, Any]) -> None:
    assert india["items"]["refused"] == [
        {"date": "2026-07-01", "kind": "pin_no_objection", "ref": "IN_PIN002", "codes": ["NUM-01"]}
    ]


def test_what_no_rules_covered_is_skipped_with_the_true_reason(india: dict[str, Any]) -> None:
    assert [(one["kind"], one["ref"], one["why"]) for one in india["items"]["skipped"]] == [
        ("decision", "2025-09-01", "IN: no rules in force on 2025-09-01"),
        ("decision", "2025-09-22", "india_interim, in force on 2025-09-22, does not know ballot"),
    ]


def test_what_the_record_does_not_say_is_counted_as_assumed(india: dict[str, Any]) -> None:
    assumed = {name: number for name, number in india["assumed"].items() if name.startswith("idea_note")}
    assert assumed == {
        "idea_note.participants": 7,
        "idea_note.particulars": 4,
        "idea_note.project_existed_on": 3,
        "idea_note.review": 4,
        "idea_note.submission_date": 4,
    }
    assert (india["assumed"]["project.idea_note"], india["assumed"]["project.activity"]) == (1, 1)
    assert india["projects"]["IN001"]["state"] == "validation"


def test_where_the_edition_has_no_idea_notes_they_are_skipped(tmp_path: Path, stages: Theatre) -> None:
    record = json.loads((RECORDS / "india.json").read_text(encoding="utf-8"))
    text = json.dumps({**record, "partner": {"code": "ID", "name": "Indonesia"}, "projects": []}).replace("IN_PIN", "ID_PIN")
    file, out = tmp_path / "indonesia.json", tmp_path / "out.json"
    file.write_text(text, encoding="utf-8")
    assert run(stages, file, "--report", str(out)).returncode == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    items = report["items"]
    assert not any(name.startswith("idea_note") for name in report["assumed"])
    skipped = [one for one in items["skipped"] if one["kind"].startswith("pin")]
    assert len(skipped) == 8
    assert {one["why"] for one in skipped if one["date"] == "2026-07-01"} == {
        "jcm_2013, in force on 2026-07-01, does not know idea_note"
    }
    assert items["refused"] == []
