"""The engine's own screens serve this procedure, and the project's page tells everybody of a confirmed level."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.procedure import State
from apps.workflow.render import facts_of
from tests.portal.reading import Reader, words
from tests.reference_emissions.walk import LEVELS, Assessing
from tests.workflow.test_step_screens import codes, confirmed, filled

PLACE = "/reference_emissions/new/draft/"


def sentence(reference: str = "12,000", usual: str = "15,000", gap: str = "3,000") -> str:
    """What the project's page says, as it reads without the lowered digits' markup."""
    unit = "tCO2e"
    return (
        f"The Joint Committee has confirmed {reference} {unit} a year, against {usual} {unit} under business as usual; "
        f"the gap of {gap} {unit} a year is never credited and serves the partner country’s nationally determined contribution."
    )


def test_a_request_is_opened_and_read_over_http(india: Assessing, client: Client) -> None:
    project, by = india.project(), india.people.participant_japan
    client.force_login(by.user)
    given = {"title": "Levels", "project": project.pk, "methodology": india.world.usual_version.pk, **LEVELS}
    response = confirmed(client, PLACE, filled(client, PLACE, **given))
    assert response.status_code == 302, codes(response)
    opened = ReferenceAssessment.objects.get()
    assert (opened.title, opened.gap_tonnes) == ("Levels", 3_000)
    assert client.get(response["Location"]).status_code == 200
    client.force_login(india.people.stranger.user)
    assert client.get(response["Location"]).status_code == 404


def test_a_reference_that_is_too_high_is_told_at_its_field(india: Assessing, client: Client) -> None:
    project = india.project()
    client.force_login(india.people.participant_host.user)
    given = {"title": "Levels", "project": project.pk, "methodology": india.world.usual_version.pk, **LEVELS}
    response = confirmed(client, PLACE, filled(client, PLACE, **{**given, "reference_tonnes": 15_000}))
    assert (response.status_code, codes(response)) == (422, [("REF-05", "reference_tonnes")])
    assert ReferenceAssessment.objects.count() == 0


def test_a_decision_rests_on_levels_gap_and_reasoning(india: Assessing) -> None:
    one = india.bring(State.ADJUST)
    told = {fact.term: fact.words for fact in facts_of(one)}
    assert list(told) == [
        "Project",
        "Methodology",
        "Reference emissions a year",
        "Business as usual a year",
        "Gap a year, never credited",
        "Expected project emissions a year",
        "Asked for by the Joint Committee, at most",
        "Evidence",
        "Fit with the nationally determined contribution",
    ]
    assert [told[term].partition(">")[2].partition(" ")[0] for term in list(told)[2:7]] == [
        "12,000", "15,000", "3,000", "2,500", "11,000",
    ]  # fmt: skip
    assert told["Evidence"] == LEVELS["evidence"]


def test_the_project_page_tells_of_a_confirmed_level_in_a_sentence(assessing: Assessing, client: Client) -> None:
    one, read = assessing.bring(State.CONFIRMED), Reader(client)
    assert sentence() in words(read(one.project.get_absolute_url()))


@pytest.mark.parametrize("state", [State.ASSESSING, State.ADJUST, State.REFUSED])
def test_of_what_is_not_confirmed_it_says_nothing(state: State, india: Assessing, client: Client) -> None:
    read = Reader(client)
    one = india.bring(state)
    assert "under business as usual" not in words(read(one.project.get_absolute_url()))


def test_a_confirmed_level_is_told_while_another_assessment_runs(india: Assessing, client: Client) -> None:
    read, one = Reader(client), india.bring(State.CONFIRMED)
    india.bring(State.REQUESTED, india.draft(one.project, reference_tonnes=9_000))
    assert sentence() in words(read(one.project.get_absolute_url()))


def test_it_takes_no_further_query(india: Assessing, client: Client) -> None:
    read, project, people = Reader(client), india.project(), india.people
    readers = (None, people.members_host[0], people.participant_japan, people.secretariat_host)
    before = [read.queries(project.get_absolute_url(), one) for one in readers]
    india.bring(State.CONFIRMED, india.draft(project))
    assert [read.queries(project.get_absolute_url(), one) for one in readers] == before
    assert before[0] == 8
