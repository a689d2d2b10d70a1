"""Forms of methodologies, of sustainable development, and of what comes before and after registration, each for a real file."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.templatetags.gazette import tonnes
from apps.documents.kinds import Kind
from apps.drafting.checks import problems_in_file
from apps.drafting.inputs import filled
from apps.drafting.render import known_about
from apps.issuance.procedure import State as RoundState
from apps.methodologies.models import ProposedMethodology
from apps.project_changes.procedure.implementation import State as ReportState
from apps.project_changes.procedure.renewal import State as RenewalState
from apps.reference_emissions.procedure import State as LevelState
from apps.workflow.models import Subject
from apps.workflow.services import open_file, perform
from tests.drafting.filling import FITTING, Desk
from tests.issuance.walk import Course
from tests.people import actor, cast
from tests.project_changes.renewing import Renewing
from tests.project_changes.reporting import Reporting
from tests.projects.walk import World, noon, signed, upload
from tests.reference_emissions.walk import Assessing

Case = Callable[[World], tuple[Subject, str, Membership, tuple[str, ...]]]
WORDS = [
    "people_trained; 0; 24; 2030-03-31; attendance lists",
    "local_maintenance; 2; 10; 2030-03-31; payroll, contracts",
    "investment_japan_subsidy; 0; 120,000,000; 2030-03-31; grant decision",
]


def proposed(world: World, **more: Any) -> ProposedMethodology:
    """A draft of the Indian participant."""
    given = {"title": "Solar thermal heat for industry", "sectoral_scopes": [1], **more}
    by = actor(world.people.participant_host)
    opened = open_file(ProposedMethodology, "draft", actor=by, edition=world.edition, **given)
    assert isinstance(opened, ProposedMethodology)
    return opened.reload()


def revision(world: World) -> ProposedMethodology:
    """A draft of a revision."""
    return proposed(world, revises=world.usual_version.methodology_id, revision_reason="data")


def plan(world: World) -> tuple[Subject, str, Membership, tuple[str, ...]]:
    words = ("People trained (people) attendance lists 0 24 31 March 2030", "Solar thermal heat for a dairy")
    return world.open(), "SDIP", world.people.participant_japan, words


def results(world: World) -> tuple[Subject, str, Membership, tuple[str, ...]]:
    words = (
        "both counted: 183 days",
        "Yes A road; lit at night Ticked",
        "from 2 people to 10 people by 31 March 2031; measured by payroll",
    )
    return Course(world).reach(RoundState.MONITORING), "SDIR", world.people.participant_host, words


def levels(world: World) -> tuple[Subject, str, Membership, tuple[str, ...]]:
    words = ("12,000 tCO2e", "Three years of fuel invoices of the dairy.", "What makes them conservative as written")
    return Assessing(world).bring(LevelState.DRAFT), "ASST", world.people.participant_japan, words


def implementation(world: World) -> tuple[Subject, str, Membership, tuple[str, ...]]:
    words = ("under construction", "1 February 2027 to not yet known", "No deviations")
    return Reporting(world).bring(ReportState.DRAFT), "IMP", world.people.participant_host, words


def renewal(world: World) -> tuple[Subject, str, Membership, tuple[str, ...]]:
    words = ("31 March 2038", "1 April 2028 to 31 March 2033", "First Verifier")
    return Renewing(world).bring(RenewalState.DRAFT), "REN", world.people.participant_japan, words


def proposal(world: World) -> tuple[Subject, str, Membership, tuple[str, ...]]:
    words = ("D Eligibility criteria", "Option A: public data", "CO2", "1 Energy industries", "India")
    return proposed(world), "PM", world.people.participant_host, words


def request(world: World) -> tuple[Subject, str, Membership, tuple[str, ...]]:
    words = ("IN_AM001 Ver1.0", "New data or default values", "Effect on monitoring as written")
    return revision(world), "AMR", world.people.participant_host, words


CASES = [plan, results, levels, implementation, renewal, proposal, request]


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.__name__)
def test_a_form_of_a_real_file(case: Case, india: World) -> None:
    subject, letters, by, words = case(india)
    desk = Desk(subject, letters, by)
    desk.fill()
    document = desk.produce()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document.path.read_bytes())).pages).split())
    assert [one for one in words if one not in text] == []
    assert (document.kind, document.completed_on) == (letters, india.today)


STEPS = {"levels": "request", "implementation": "submit", "renewal": "request", "proposal": "submit", "request": "submit"}


@pytest.mark.usefixtures("plain_papers")
@pytest.mark.parametrize("case", [levels, implementation, renewal, proposal, request], ids=lambda one: one.__name__)
def test_a_form_is_taken_by_its_step(case: Case, india: World) -> None:
    subject, letters, by, _words = case(india)
    desk = Desk(subject, letters, by)
    desk.fill()
    document = desk.produce()
    others = {"proposal": (Kind.METHODOLOGY_SPREADSHEET,), "request": (Kind.PROPOSED_METHODOLOGY, Kind.METHODOLOGY_SPREADSHEET)}
    upload(subject, by, *others.get(case.__name__, ()))
    event = perform(subject, STEPS[case.__name__], actor=actor(by))
    assert document.sha256 in event.documents


# --- What the file knows --------------------------------------------------------------------------


def asked(world: World, case: Case) -> dict[str, list[str]]:
    """What the form of a case asks for, section by section."""
    subject, letters, by, _words = case(world)
    return {one.key: [ask.name for ask in one.asks] for one in Desk(subject, letters, by).sections}


def test_no_form_asks_for_what_its_file_says(india: World) -> None:
    assert asked(india, levels) == {
        "particulars": [],
        "reference": ["reference_basis", "conservative"],
        "usual": ["usual_basis"],
        "evidence": ["documents"],
        "signature": ["signed_by", "signed_as", "signed_on"],
    }
    assert asked(india, implementation) == {
        "particulars": [],
        "status": ["installed", "next"],
        "compared": ["as_designed", "monitoring"],
        "signature": ["signed_by", "signed_as", "signed_on"],
    }
    assert asked(india, renewal)["particulars"] == []
    assert asked(india, request)["particulars"] == []


def test_a_lower_level_is_asked_for_in_the_form_and_carried_to_its_step(india: World, client: Client) -> None:
    by = india.people.participant_japan
    desk = Desk(Assessing(india).bring(LevelState.ADJUST), "ASST", by)
    sections = {one.key: [ask.name for ask in one.asks] for one in desk.sections}
    assert (sections["reference"][0], sections["usual"][:2]) == ("reference_tonnes", ["usual_tonnes", "project_tonnes"])
    assert known_about(desk.subject)["at_most"].words == tonnes(11_000)
    desk.fill(
        reference={"reference_tonnes": "11,000", "reference_basis": "b", "conservative": "c"}, usual={"usual_tonnes": "15000"}
    )
    desk.produce()
    client.force_login(by.user)
    initial = client.get(f"/reference_emissions/{desk.subject.pk}/file_adjusted/").context["form"].initial
    assert [initial[name] for name in ("reference_tonnes", "usual_tonnes", "project_tonnes")] == [11000, 15000, 12]
    assert initial["evidence"] == "Evidence for both levels as written"


# --- A revision and its request -------------------------------------------------------------------


def test_the_step_of_a_revision_takes_its_request_and_no_other_proposal_does(india: World, client: Client) -> None:
    client.force_login(india.people.participant_host.user)
    for one, letters in ((revision(india), ["PM", "PMS", "AMR"]), (proposed(india), ["PM", "PMS"])):
        sheets = client.get(f"/methodology/{one.pk}/submit/").context["form"].sheets()
        assert [sheet["kind"] for sheet in sheets] == letters
        assert client.get(f"/methodology/{one.pk}/forms/AMR/").status_code == (200 if "AMR" in letters else 404)


# --- Indicators of sustainable development --------------------------------------------------------


def carried(client: Client, desk: Desk, step: str) -> dict[str, Any]:
    """What stands on the page of a step beforehand."""
    client.force_login(desk.membership.user)
    found: dict[str, Any] = client.get(f"/{desk.subject.procedure.key}/{desk.subject.pk}/{step}/").context["form"].initial
    return found


def problems(desk: Desk, **changes: str) -> list[tuple[str, str, str]]:
    """What stands against a form but for some of its indicators."""
    typed = {**FITTING[desk.letters]["indicators"], **{name.replace("__", "-"): said for name, said in changes.items()}}
    [section] = [one for one in desk.sections if one.key == "indicators"]
    return [
        (one.code, one.field, one.text)
        for one in problems_in_file(desk.subject, desk.kind, filled([section], {"indicators": typed}))
    ]


@pytest.mark.usefixtures("plain_papers")
def test_the_indicators_of_a_plan_are_carried_to_the_step_and_filed(india: World, client: Client) -> None:
    project, by = india.open(), india.people.participant_japan
    desk = Desk(project, "SDIP", by)
    desk.fill()
    desk.produce()
    said = carried(client, desk, "submit_pdd")["sd_plan"]
    assert said.splitlines() == WORDS
    upload(project, by, Kind.PDD, Kind.MONITORING_PLAN, Kind.MOC_STATEMENT)
    event = perform(project, "submit_pdd", actor=actor(by), sd_plan=said, **signed(project))
    assert [one["indicator"] for one in event.data["inputs"]["sd_plan"]] == [line.split(";")[0] for line in WORDS]


@pytest.mark.usefixtures("plain_papers")
def test_results_are_carried_to_the_step_that_reports_them(india: World, client: Client) -> None:
    one = Course(india).reach(RoundState.MONITORING)
    desk = Desk(one, "SDIR", india.people.participant_host)
    desk.fill()
    desk.produce()
    lines = ["people_trained; 12", "local_benefits; yes; A road, lit at night; unplanned"]
    assert carried(client, desk, "report")["sd_results"].splitlines() == lines


CAPACITY = ("Hours of training", "People trained", "Women trained")
OF_PLANS: list[tuple[dict[str, str], str, str]] = [
    ({}, "", ""),
    (
        {"plan__1__target": "1"},
        "DRF-10",
        "line 2: the target of Local maintenance capacity is below its baseline; the target includes the baseline",
    ),
    (
        {"plan__0__target": "many"},
        "DRF-10",
        "line 1: 'many' is no target of People trained; write a whole number in digits (people)",
    ),
    (
        {"plan__2__indicator": "people_trained"},
        "DRF-10",
        "line 3: People trained stands in line 1 already; leave one of them out",
    ),
    (
        {"plan__0__indicator": "people_served"},
        "SDV-01",
        f"the plan has no indicator for “Capacity building”; add a line with one of {', '.join(CAPACITY)}",
    ),
]
OF_RESULTS: list[tuple[dict[str, str], str, str]] = [
    ({}, "", ""),
    (
        {"results__0__indicator": "people_served"},
        "SDV-02",
        "line 1: People served is not in the plan; say why it is reported, and mark it as unplanned",
    ),
    (
        {"results__0__note": "x", "results__0__unplanned": "on"},
        "SDV-03",
        "line 1: People trained is in the plan; leave the mark `unplanned` out",
    ),
    ({"results__1__note": ""}, "DRF-10", "line 2: a sentence in words is missing; add it"),
]


@pytest.mark.parametrize(("changes", "code", "said"), OF_PLANS)
def test_a_plan_is_judged_as_its_step_will(changes: dict[str, str], code: str, said: str, india: World) -> None:
    found = problems(Desk(india.open(), "SDIP", india.people.participant_japan), **changes)
    assert found == ([(code, "indicators", said)] if code else [])


@pytest.mark.parametrize(("changes", "code", "said"), OF_RESULTS)
def test_results_are_judged_as_their_step_will(changes: dict[str, str], code: str, said: str, india: World) -> None:
    found = problems(Desk(Course(india).reach(RoundState.MONITORING), "SDIR", india.people.participant_host), **changes)
    assert found == ([(code, "indicators", said)] if code else [])


def test_only_india_asks_a_plan_for_every_concern(db: None) -> None:  # noqa: ARG001 - opens the database
    with clock.rehearse(noon(2027, 3, 1)) as time:
        world = World(cast(), time, "jcm_2022")
        desk = Desk(world.open(), "SDIP", world.people.participant_japan)
        assert problems(desk, plan__0__indicator="people_served") == []
