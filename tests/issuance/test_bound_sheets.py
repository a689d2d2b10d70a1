"""What was fixed at validation, the sheets that stand on it, and the tonnes that come of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.services import begin_upload, receive
from apps.events.models import Event
from apps.issuance.models import Round, SheetReading
from apps.issuance.procedure import State
from apps.projects.models import MonitoringBasis
from apps.projects.procedure import State as ProjectState
from apps.workflow.options import option
from apps.workflow.services import hand_in, perform
from tests.issuance.sheets import FIXED, Bench
from tests.issuance.walk import Course
from tests.journeys.editions import under
from tests.journeys.method_declaration import in_use
from tests.monitoring.conftest import behind_walls, read_here  # noqa: F401 - sheets are read in this process, unless asked
from tests.people import actor
from tests.projects.walk import upload


@pytest.fixture
def bench(course: Course, tmp_path: Path) -> Bench:
    return Bench(course, tmp_path)


@pytest.fixture
def india_bench(india: Course, tmp_path: Path) -> Bench:
    return Bench(india, tmp_path)


def codes(refusal: pytest.ExceptionInfo[NotReady]) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in refusal.value.problems]


def reported(bench: Bench, one: Round, **inputs: Any) -> Event:
    """The report, after the period."""
    bench.course.after_period(one)
    upload(one, bench.course.people.participant_host, *bench.course.reported)
    return bench.course.act(one, "report", bench.course.people.participant_host, **inputs)


def in_verification(bench: Bench, one: Round) -> Round:
    """Accepted by the entity, with its report."""
    found = bench.course.in_verification(one)
    upload(found, bench.course.people.tpe, Kind.VERIFICATION_REPORT)
    return found


# --- Validation fixes the values ------------------------------------------------------------------------


def test_a_positive_opinion_fixes_the_values(india_bench: Bench) -> None:
    project = india_bench.validated()
    basis = MonitoringBasis.objects.get(project=project)
    opinion = Event.objects.get(type="project.report_positive", subject_id=project.pk)
    assert (basis.items, basis.values) == ([], [["EC_CAP", "", "0.25"], ["EF_elec", "", "0.716"]])
    assert (basis.act_id, basis.fixed_on) == (opinion.act_id, opinion.effective_on)
    assert opinion.data["inputs"]["fixed_values"] == [["IN_AM001", "", "EC_CAP", "0.25"], ["IN_AM001", "", "EF_elec", "0.716"]]


NOT_FIXED = {
    "": ["IN_AM001 Ver1.0: no value is given for EC_CAP, EF_elec"],
    "IN_AM001; ; EC_CAP; 0.25": ["IN_AM001 Ver1.0: no value is given for EF_elec"],
    f"{FIXED}\nIN_AM001; ; H_DAY; 23": ["IN_AM001 Ver1.0: H_DAY: not to be fixed"],
    f"{FIXED}\nIN_AM001 Ver1.0; plant": [
        "IN_AM001 Ver1.0: this methodology has from 1 to 40 items, or none where no value is of an item; correct their number"
    ],
    f"{FIXED}\nIN_AM009; ; EC_CAP; 1": [
        "no values are fixed for “IN_AM009”; those whose declaration is in use are: IN_AM001 Ver1.0"
    ],
    f"{FIXED}\nIN_AM001 Ver1.0; ; EC_CAP; 0.26": ["“IN_AM001 Ver1.0; EC_CAP” stands twice; give it once"],
    f"{FIXED}\nin_am001; ; EC_CAP; 0.26": ["“IN_AM001 Ver1.0; EC_CAP” stands twice; give it once"],
    "IN_AM001; ; EC_CAP; -1\nIN_AM001; ; EF_elec; 1": [
        "IN_AM001 Ver1.0: a fixed value is a number of at most 15 digits that is not negative; correct it"
    ],
}  # fmt: skip


@pytest.mark.parametrize("fixed", NOT_FIXED)
def test_values_that_are_not_whole_are_told(india_bench: Bench, fixed: str) -> None:
    with pytest.raises(NotReady) as refusal:
        india_bench.validated(fixed)
    assert [one.text for one in refusal.value.problems] == NOT_FIXED[fixed]
    assert set(codes(refusal)) == {("PRJ-59", "fixed_values")}
    assert not MonitoringBasis.objects.exists()


def test_a_project_without_a_declaration_fixes_nothing_and_names_no_sheet(india: Course) -> None:
    one = india.open()
    row = one.procedure.row(one.edition, "report")
    assert row is not None
    assert (one.bases, one.documents_of(row)) == ([], india.reported)
    with pytest.raises(NotReady) as refusal:
        india.world.report(india.world.in_validation(), fixed_values=FIXED)
    assert "no values are fixed for “IN_AM001”; those whose declaration is in use are: none" in str(refusal.value)


def test_a_later_opinion_fixes_anew(india_bench: Bench) -> None:
    project, world = india_bench.validated(), india_bench.course.world
    perform(project, "reopen_validation", actor=actor(world.people.participant_host))
    world.report(project.reload(), fixed_values=FIXED.replace("0.716", "0.700"))
    one = india_bench.course.open(world.reach(ProjectState.REGISTERED, project.reload()))
    assert [basis.values[1] for basis in one.bases] == [["EF_elec", "", "0.700"]]


# --- Sheets ---------------------------------------------------------------------------------------------


def test_a_sheet_is_read_when_it_is_handed_in(bench: Bench) -> None:
    one = bench.round()
    version = bench.hand_in(one, bench.calculated(one))
    found = SheetReading.objects.get()
    assert (found.document, found.round, found.basis) == (version, one, one.bases[0])
    assert ["EG_SUP", "", "2028-07", "1000"] in found.readings
    assert [(year.year, year.reference, year.project, year.reduction, year.tonnes) for year in found.years] == [
        (2028, Fraction("3522.72"), Fraction(0), Fraction("3522.72"), 3522)
    ]
    assert (found.differences, found.remarkable) == ([], [])


@pytest.mark.usefixtures("behind_walls")
def test_a_child_reads_it_on_the_site(india_bench: Bench) -> None:
    one = india_bench.round()
    india_bench.hand_in(one, india_bench.filled(one))
    assert SheetReading.objects.get().years[0].tonnes == 3522


def test_a_sheet_that_is_not_in_order_is_told_cell_by_cell_and_nothing_is_kept(india_bench: Bench) -> None:
    one = india_bench.round()
    path = india_bench.filled(one, {("D_OP", "", "2028-06"): "32"})
    with pytest.raises(NotReady) as refusal:
        india_bench.hand_in(one, path)
    assert codes(refusal) == [("MON-23", "MRS")]
    assert refusal.value.problems[0].text.startswith("MRS (input)!E9: ")
    assert not DocumentVersion.objects.filter(kind="MRS").exists()
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(NotReady) as refusal:
        india_bench.hand_in(one, path)
    assert codes(refusal) == [("MON-28", "MRS")]


def test_a_sheet_of_other_days_or_of_another_project_is_refused(india_bench: Bench) -> None:
    one = india_bench.round()
    path = india_bench.filled(one)
    later = india_bench.course.open(one.project, date(2028, 10, 1), date(2028, 12, 31))
    with pytest.raises(NotReady) as refusal:
        india_bench.hand_in(later, path)
    assert {code for code, _field in codes(refusal)} >= {"MON-06"}
    # A period that is changed afterwards leaves the sheet behind.
    india_bench.hand_in(one, path)
    india_bench.course.act(
        one, "change_period", india_bench.course.people.participant_host,
        period_starts_on="2028-04-01", period_ends_on="2028-08-31",
    )  # fmt: skip
    with pytest.raises(NotReady) as refusal:
        reported(india_bench, one.reload())
    assert codes(refusal) == [("ISS-38", "MRS")]


def test_a_round_without_fixed_values_takes_no_sheet(india: Course, tmp_path: Path) -> None:
    one = india.open()
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(NotReady) as refusal:
        Bench(india, tmp_path).hand_in(one, path)
    assert codes(refusal) == [("ISS-39", "MRS")]
    by = india.people.tpe
    with pytest.raises(NotReady) as refusal:
        hand_in(subject=one.project, kind=Kind.MONITORING_SHEET, name="s.xlsx", content=b"PK\x03\x04", membership=by)
    assert codes(refusal) == [("ISS-39", "MRS")]


# --- The report -----------------------------------------------------------------------------------------


def test_the_report_asks_for_the_sheet(bench: Bench) -> None:
    one = bench.round()
    with pytest.raises(NotReady) as refusal:
        reported(bench, one)
    assert codes(refusal) == [("DOOR-05", "MRS"), ("ISS-38", "MRS")]
    version = bench.hand_in(one, bench.calculated(one))
    event = reported(bench, one)
    assert event.data["calculated"] == {"2028": 3522}
    assert (event.data["sheets"], version.sha256 in event.documents) == ([version.sha256], True)


def test_a_sheet_that_says_otherwise_is_explained_or_calculated_again(india_bench: Bench) -> None:
    one = india_bench.round()
    cell = _whole_tonnes(india_bench, one)
    india_bench.hand_in(one, india_bench.calculated(one, results={cell: "4000"}))
    with pytest.raises(NotReady) as refusal:
        reported(india_bench, one)
    assert [code for code, _field in codes(refusal)] == ["MON-25"]
    assert f"MRS (calc_process)!{cell}: the workbook says" in refusal.value.problems[0].text
    with pytest.raises(NotReady) as refusal:
        reported(india_bench, one, explanations="2028: too short")
    assert [code for code, _field in codes(refusal)] == ["MON-29"]
    event = reported(india_bench, one, explanations="2028: the program rounds each month, see section 4 of the report")
    assert event.data["inputs"]["explanations"] == {"2028": "the program rounds each month, see section 4 of the report"}


def _whole_tonnes(bench: Bench, one: Round) -> str:
    """The cell of the sheet in which the whole tonnes of its first year stand."""
    page = load_workbook(bench.calculated(one), data_only=True)["MRS (calc_process)"]
    return next(cell.coordinate for line in page.iter_rows(min_row=page.max_row) for cell in line if cell.value == 3522)


# --- Verification ---------------------------------------------------------------------------------------


def test_verified_tonnes_come_of_the_sheet(bench: Bench) -> None:
    one = bench.round()
    bench.hand_in(one, bench.calculated(one))
    one = in_verification(bench, one)
    bench.course.verified = 3500
    with pytest.raises(NotReady) as refusal:
        bench.course.verify(one)
    assert codes(refusal) == [("MON-26", "2028")]
    assert refusal.value.problems[0].text == (
        "2028: 3500 t were verified, and 3522 t come of the values that were read; correct one of them, or explain the difference"
    )
    event = bench.course.verify(one, explanations="2028: 22 t less, for the meter of May was 0.6 per cent off")
    assert event.data["calculated"] == {"2028": 3522}
    assert one.reload().verified_tonnes == 3500


def test_the_very_tonnes_need_no_word(bench: Bench) -> None:
    one = bench.round()
    bench.hand_in(one, bench.calculated(one))
    one = in_verification(bench, one)
    bench.course.verified = 3522
    with pytest.raises(NotReady) as refusal:
        bench.course.verify(one, explanations="2028: there is nothing at all to explain here")
    assert codes(refusal) == [("MON-29", "2028")]
    bench.course.verify(one)
    assert one.reload().state == State.VERIFIED


def test_each_calendar_year_is_compared(india_bench: Bench) -> None:
    one = india_bench.round(date(2028, 10, 1), date(2029, 1, 31))
    india_bench.hand_in(one, india_bench.calculated(one))
    one = in_verification(india_bench, one)
    # 3 x 587.12 = 1,761.36 and 587.12, each rounded down.
    india_bench.course.verified, india_bench.course.by_year = 2348, {2028: 1760, 2029: 588}
    with pytest.raises(NotReady) as refusal:
        india_bench.course.verify(one)
    assert codes(refusal) == [("MON-26", "2028"), ("MON-26", "2029")]
    india_bench.course.by_year = {2028: 1761, 2029: 587}
    india_bench.course.verify(one)
    assert one.reload().verified_tonnes == 2348


def test_a_newer_sheet_counts_until_the_opinion_and_not_after_it(india_bench: Bench) -> None:
    one = india_bench.round()
    bench, course = india_bench, india_bench.course
    bench.hand_in(one, bench.calculated(one))
    one = in_verification(bench, one)
    bench.hand_in(one, bench.calculated(one, changes={("EG_SUP", "", "2028-05"): "900"}))
    course.verified = 3451
    course.verify(one)
    bench.hand_in(one, bench.calculated(one))
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with pytest.raises(NotReady) as refusal:
        course.act(one.reload(), "request_issuance", course.people.participant_japan)
    assert codes(refusal) == [("ISS-13", "MRS")]


def test_what_stands_in_the_way_is_told_before_anybody_acts(india_bench: Bench) -> None:
    one = india_bench.round()
    row = one.procedure.row(one.edition, "report")
    assert row is not None
    told = option(one, row, india_bench.course.people.participant_host)
    assert {problem.code for problem in told.problems} >= {"ISS-38", "DOOR-05"}


def test_several_methodologies_have_a_sheet_each_and_are_added_up(india_bench: Bench) -> None:
    bench, world = india_bench, india_bench.course.world
    first, other = world.usual_version, world.version(1)
    project = world.in_validation(versions=[first, other])
    bench.declare(other)
    project = bench.validated(f"{FIXED}\n{FIXED.replace('AM001', 'AM002')}", project)
    one = bench.course.open(world.reach(ProjectState.REGISTERED, project))
    bench.hand_in(one, bench.calculated(one))
    with pytest.raises(NotReady) as refusal:
        reported(bench, one)
    assert codes(refusal) == [("ISS-38", "MRS")]
    assert "for IN_AM002 Ver1.0, " in refusal.value.problems[0].text
    second = bench.hand_in(one, bench.calculated(one, which=1))
    event = reported(bench, one)
    assert (event.data["calculated"], event.data["sheets"][1]) == ({"2028": 7044}, second.sha256)
    one = in_verification(bench, one)
    bench.course.verified = 7043
    with pytest.raises(NotReady) as refusal:
        bench.course.verify(one)
    assert codes(refusal) == [("MON-26", "2028")]
    bench.course.verified = 7044
    bench.course.verify(one)


def test_nothing_is_compared_while_a_methodology_has_no_values_fixed(india_bench: Bench) -> None:
    bench, world = india_bench, india_bench.course.world
    project = bench.validated(project=world.in_validation(versions=[world.usual_version, world.version(1)]))
    one = bench.course.open(world.reach(ProjectState.REGISTERED, project))
    bench.hand_in(one, bench.calculated(one))
    one = in_verification(bench, one)
    bench.course.verified = 9999
    bench.course.verify(one)
    assert one.reload().state == State.VERIFIED


def test_a_sheet_that_comes_piece_by_piece_is_read_before_anybody_hands_it_in(india_bench: Bench) -> None:
    one = india_bench.round()
    told = []
    for changes in ({("D_OP", "", "2028-06"): "32"}, {}):
        content = india_bench.filled(one, changes).read_bytes()
        by = india_bench.course.people.participant_host
        begun = begin_upload(subject=one, kind=Kind.MONITORING_SHEET, name="s.xlsx", size=len(content), membership=by)
        upload_ = receive(begun, 0, [content])
        told.append((upload_.progress, [problem["code"] for problem in upload_.problems]))
    assert told == [("refused", ["MON-23"]), ("ready", [])]
    assert not SheetReading.objects.exists()


# --- Pages ----------------------------------------------------------------------------------------------


def test_a_participant_takes_the_very_sheet(india_bench: Bench, client: Client) -> None:
    one = india_bench.round()
    client.force_login(india_bench.course.people.participant_host.user)
    path = f"/round/{one.pk}/monitoring-sheet/"
    page = client.get(path)
    told = page.context["sheets"][0][1]
    assert (page.status_code, told[0]) == (
        200,
        ("EC_CAP: Rated capacity of all that uses electricity in the plant", "0.25 MW"),
    )
    done = client.post(path, {"version": "IN_AM001 Ver1.0"})
    book = load_workbook(BytesIO(done.content))
    assert (done.status_code, book["README"]["B14"].value) == (200, "IN_AM001 Ver1.0")
    assert client.post(path, {"version": "IN_AM009 Ver1.0"}).status_code == 200
    client.force_login(india_bench.course.people.stranger.user)
    assert (client.get(path).status_code, client.post(path, {"version": "IN_AM001 Ver1.0"}).status_code) == (404, 404)


def test_the_page_of_the_round_tells_what_was_calculated(india_bench: Bench, client: Client) -> None:
    one = india_bench.round()
    india_bench.hand_in(one, india_bench.calculated(one))
    client.force_login(india_bench.course.people.participant_host.user)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/round/{one.pk}/")
    rows = [row for enclosure in page.context["enclosures"] if enclosure.anchor == "calculation" for row in enclosure.rows]
    assert [(row.name, *(line for _head, line, _second in row.cells)) for row in rows] == [
        ("2028", "3,522.720", "0.000", "3,522.720", "3,522")
    ]
    own = [sql for sql in (one["sql"] for one in queries) if "sheetreading" in sql or "monitoringbasis" in sql]
    assert len(own) == 2
    assert len(queries) <= 12


def test_the_opinion_asks_for_the_values_only_where_some_are_to_be_fixed(india_bench: Bench, client: Client) -> None:
    world = india_bench.course.world
    project = world.in_validation()
    client.force_login(world.people.tpe.user)
    path = f"/project/{project.pk}/report_positive/"
    assert "fixed_values" not in client.get(path).context["form"].fields
    under(world.edition, lambda: in_use(world.people, world.time, version=world.usual_version))
    asked = client.get(path).context["form"]
    assert asked["fixed_values"].value() == "IN_AM001 Ver1.0; ; EC_CAP;\nIN_AM001 Ver1.0; ; EF_elec;"
