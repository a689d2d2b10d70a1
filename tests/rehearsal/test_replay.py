"""The command on a real record: the Mongolian ledger, tonne by tonne, in a scratch database that is gone afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

from apps.rehearsal import replay
from apps.rehearsal.scratch import Theatre

RECORDS = Path(__file__).parent / "records"
MANAGE = Path(settings.BASE_DIR) / "manage.py"
# Tests that act on copies of the migrated database.
on_copies = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended in this process."""

    returncode: int
    stdout: str
    stderr: str


def run(stages: Theatre, *more: str | Path) -> Ended:
    """The command in this process, on copies of the tests' migrated database: it migrates none of its own."""
    out, err, code = StringIO(), StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setattr(replay, "theatre", lambda: nullcontext(stages))
        try:
            call_command("replay", *map(str, more), stderr=err)
        except SystemExit as end:
            code = int(str(end.code))
    return Ended(code, out.getvalue(), err.getvalue())


def run_alone(*more: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on the cluster of the tests."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.TEST_CLUSTER.address("jcm_app", "postgres"),
        "DATABASE_OWNER_URL": settings.TEST_CLUSTER.address("postgres", "postgres"),
        "REDIS_URL": settings.TEST_BROKER.url,
    }
    command = [sys.executable, str(MANAGE), "replay", *map(str, more)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=settings.BASE_DIR)


def scratch_databases() -> list[str]:
    """What this process and ended ones have left; others may be rehearsing at this moment."""
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", "postgres")) as connection:
        rows = connection.execute("select datname from pg_database where datname like 'jcm_rehearsal%'").fetchall()
    return [name for (name,) in rows if (pid := int(name.split("_")[2])) == os.getpid() or not psutil.pid_exists(pid)]


@pytest.fixture(scope="module")
def mongolia(stages: Theatre, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("replay") / "out.json"
    done = run(stages, RECORDS / "mongolia.json", "--report", str(out))
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report


@on_copies
@pytest.mark.long
def test_in_a_process_of_its_own_with_a_database_that_it_migrates_it_reports_the_same(
    mongolia: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    done = run_alone(RECORDS / "mongolia.json", "--report", str(out))
    assert (done.returncode, json.loads(out.read_text(encoding="utf-8")) | {"seconds": 0}) == (0, mongolia | {"seconds": 0})
    assert scratch_databases() == []


def test_every_decision_is_adopted_and_nothing_is_refused(mongolia: dict[str, Any]) -> None:
    assert mongolia["decisions"] == {"total": 8, "adopted": 8}
    assert mongolia["items"]["refused"] == []
    assert (mongolia["invariants"], mongolia["log"], mongolia["edition"]) == ("ok", "verified", ["jcm_2013"])


def test_what_is_skipped_is_skipped_for_a_null(mongolia: dict[str, Any]) -> None:
    skipped = {(one["kind"], one["ref"], one["why"]) for one in mongolia["items"]["skipped"]}
    assert skipped == {
        ("credit_issuance", "MN001", "monitoring_start is null"),
        ("credit_issuance", "MN002", "monitoring_start is null"),
        ("tpe_withdrawal", "JACO CDM., LTD", "the date of the withdrawal is null"),
        ("tpe_withdrawal", "SGS United Kingdom Limited", "the date of the withdrawal is null"),
        (
            "tpe_withdrawal",
            "Deloitte Tohmatsu Evaluation and Certification Organization Co., Ltd",
            "the date of the withdrawal is null",
        ),
    }


@pytest.mark.parametrize(
    ("project", "rounds"),
    [
        ("MN001", [("2015-09-20", 50, 10, 40, "2016-09-30", "2016-09-30"), ("2018-09-15", 139, 29, 110, None, "2026-01-30")]),
        ("MN002", [("2015-09-15", 107, 22, 85, "2016-09-30", "2016-09-30"), ("2018-09-15", 322, 66, 256, None, "2026-01-30")]),
        (
            "MN003",
            [
                ("2017-08-26", 8880, 1776, 7104, "2018-12-14", "2018-12-14"),
                ("2018-06-01", 35419, 7084, 28335, "2022-02-22", "2022-02-24"),
            ],
        ),
        (
            "MN004",
            [
                ("2017-01-01", 8947, 1789, 7158, "2017-10-24", "2017-10-24"),
                ("2017-08-01", 44817, 8963, 35854, "2025-05-07", "2025-04-11"),
            ],
        ),
        ("MN005", [("2017-12-02", 1, 1, 0, "2019-05-17", None)]),
        ("MN006", [("2019-07-06", 30312, 6063, 24249, None, "2026-01-30")]),
        ("MN007", []),
    ],
)
def test_rounds_carry_exactly_the_recorded_tonnes(mongolia: dict[str, Any], project: str, rounds: list[Any]) -> None:
    found = mongolia["projects"][project]["rounds"]
    keys = ("start", "total", "host", "japan", "host_issued_on", "japan_issued_on")
    assert [tuple(one[key] for key in keys) for one in found] == rounds


def test_the_ledger_is_the_sum_of_what_each_side_issued(mongolia: dict[str, Any]) -> None:
    assert mongolia["ledger"] == {"host": 10 + 22 + 8860 + 10752 + 1, "japan": 150 + 341 + 35439 + 43012 + 24249}
    pending = {name: (one["host_pending"], one["japan_pending"]) for name, one in mongolia["projects"].items()}
    assert pending["MN001"] == (29, 0)
    assert pending["MN002"] == (66, 0)
    assert pending["MN006"] == (6063, 0)
    assert pending["MN004"] == pending["MN005"] == (0, 0)


def test_what_no_record_tells_of_an_entitys_work_is_assumed_and_counted(mongolia: dict[str, Any]) -> None:
    names = ("conflict_declaration", "requirement_ticks")
    assert [mongolia["assumed"][f"project.{name}"] for name in names] == [6, 6]
    assert [mongolia["assumed"][f"round.{name}"] for name in (*names, "site_visit_date")] == [10, 10, 10]


def test_projects_and_methodologies_stand_as_recorded(mongolia: dict[str, Any]) -> None:
    registered = {name: (one["state"], one["registered_on"]) for name, one in mongolia["projects"].items()}
    assert registered["MN004"] == ("registered", "2017-05-26")
    assert registered["MN006"] == ("registered", "2023-06-02")
    assert registered["MN007"] == ("validation", None)
    approved = {name: one["approved_on"] for name, one in mongolia["methodologies"].items()}
    assert approved["MN_AM001 1.0"] == "2014-02-20"
    assert approved["MN_AM003 3.0"] == "2024-08-04"
    assert mongolia["third_party_entities"]["National Renewable Energy Center"] == {
        "designated_on": "2015-04-27",
        "number": "TPE-MN-013",
    }


@pytest.mark.usefixtures("mongolia")
def test_no_scratch_database_is_left() -> None:
    assert scratch_databases() == []


def test_an_unreadable_file_is_one_line_and_exit_2(tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text("{}", encoding="utf-8")
    done = run_alone(file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{file}: partner: expected an object, found None\n"


@on_copies
def test_a_report_that_cannot_be_written_is_one_line_and_exit_2(tmp_path: Path, stages: Theatre) -> None:
    done = run(stages, RECORDS / "mongolia.json", "--report", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == f"--report {tmp_path}: cannot be written: Is a directory\n"
    assert scratch_databases() == []


@on_copies
def test_what_the_engine_refuses_is_reported_with_its_codes(tmp_path: Path, stages: Theatre) -> None:
    """Two rounds of one project that share a day: the second is refused and the exit status says so."""
    record = json.loads((RECORDS / "mongolia.json").read_text(encoding="utf-8"))
    first = next(one for one in record["issuances"] if one["projects"] == ["MN004"])
    second = {**first, "monitoring_start": "2017-07-31", "monitoring_end": "2017-08-31", "decision_date": "2018-10-24"}
    record |= {"issuances": [first, second], "decisions": []}
    file, out = tmp_path / "overlap.json", tmp_path / "out.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    done = run(stages, file, "--report", str(out))
    assert done.returncode == 1
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["items"]["refused"] == [
        {"date": "2018-09-24", "kind": "issuance_request", "ref": "MN004", "codes": ["ISS-07"]},
    ]
    assert [one["total"] for one in report["projects"]["MN004"]["rounds"]] == [8947]
    assert scratch_databases() == []


@pytest.fixture(scope="module")
def together(stages: Theatre, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Two records in one process: their reports in the order of the files, with a line of totals on the way."""
    out = tmp_path_factory.mktemp("replay") / "out.json"
    done = run(stages, RECORDS / "second_generation.json", RECORDS / "india_2027.json", "--report", out)
    assert done.returncode == 0, done.stderr
    *each, total = done.stderr.splitlines()
    assert [line.partition(",")[0] for line in each] == ["XA: 7 performed", "IN: 5 performed"]
    assert total.startswith("2 records: 12 performed, 0 skipped, 0 refused; ")
    assert scratch_databases() == []
    reports: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    return reports


@on_copies
def test_a_file_that_cannot_be_read_stops_all_before_anything_is_done(tmp_path: Path, stages: Theatre) -> None:
    done = run(stages, RECORDS / "india_2027.json", tmp_path / "nothing.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path / 'nothing.json'}: cannot be read: No such file or directory\n"


@on_copies
@pytest.mark.parametrize(
    ("place", "editions", "performed", "assumed"),
    [
        (
            0,
            ["jcm_2013", "jcm_2022"],
            7,
            {
                "project.additionality": 1,
                "project.additionality_finding": 1,
                "project.allocation_agreement": 2,
                "project.credit_allocation": 1,
                "project.crediting_period": 1,
                "project.idea_note": 1,
            },
        ),
        (
            1,
            ["india_2026"],
            5,
            {
                "project.activity": 1,
                "project.additionality": 1,
                "project.additionality_finding": 1,
                "project.design_particulars": 1,
                "project.signatories": 1,
                "project.credit_allocation": 1,
                "project.crediting_period": 1,
                "project.idea_note": 1,
                "project.prior_approval": 2,
                "project.sd_plan": 1,
                "round.prior_approval": 2,
            },
        ),
    ],
)
def test_what_an_edition_asks_for_beyond_the_record_is_assumed_and_counted(
    place: int, editions: list[str], performed: int, assumed: dict[str, int], together: list[dict[str, Any]]
) -> None:
    """From the adoption of the second generation's own form on, files are opened under it; India asks for more."""
    report = together[place]
    assert (report["edition"], report["items"]) == (editions, {"performed": performed, "skipped": [], "refused": []})
    (project,) = report["projects"].values()
    assert [(one["total"], one["host"], one["japan"], one["host_issued_on"]) for one in project["rounds"]] == [
        (101, 21, 80, project["rounds"][0]["host_issued_on"])
    ]
    assert (project["host_issued"], project["japan_issued"], report["ledger"]) == (21, 80, {"host": 21, "japan": 80})
    asked = ("activity", "additionality", "allocation", "credit", "design", "idea", "prior", "sd", "signatories")
    beyond = (*(f"project.{name}" for name in asked), "round.prior")
    assert {name: count for name, count in report["assumed"].items() if name.startswith(beyond)} == assumed
