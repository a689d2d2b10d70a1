"""The credit allocation: what it says, and in the second generation both Governments' agreement before the request."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.events.selectors import history
from apps.projects.models import ProposedAllocation
from apps.projects.procedure import PROCEDURE, State
from apps.projects.render import declared, facts
from apps.workflow.services import perform
from tests.decision import decide
from tests.people import actor, cast
from tests.projects.walk import World, noon
from tests.refused import refused

SPLIT = "host; government; 60\nhost; Indian company; 40"


@pytest.fixture
def second(db: None) -> Iterator[World]:  # noqa: ARG001 - opens the database
    """Second generation."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "jcm_2022")


def split(world: World, *lines: tuple[str, str, str]) -> list[dict[str, str]]:
    names = {
        "Indian": world.people.participant_host.organisation.name,
        "Japanese": world.people.participant_japan.organisation.name,
    }
    return [{"side": side, "holder": names.get(holder, holder), "percent": percent} for side, holder, percent in lines]


def test_both_governments_agree_before_the_request(second: World) -> None:
    project, people = second.reach(State.ALLOCATION_PROPOSED), second.people
    with refused(NotNow, "DOOR-02"):
        second.request(project)
    perform(project, "agree_allocation_japan", actor=actor(people.government_japan))
    assert (project.reload().state, project.reload().japan_agreed_on) == ("allocation_proposed", second.today)
    with refused(NotReady, "PRJ-52"):
        perform(project, "agree_allocation_japan", actor=actor(people.government_japan))
    with refused(NotReady, "PRJ-52"):
        perform(project, "refuse_allocation_japan", actor=actor(people.government_japan), grounds="Too little")
    perform(project, "agree_allocation_host", actor=actor(people.government_host))
    project = project.reload()
    assert (project.state, project.host_agreed_on, project.host_approved_on) == ("allocation_agreed", second.today, None)
    assert [one.type for one in history("project", project.pk)][-1] == "project.conclude_agreement"
    assert [one.sides for one in facts(project) if one.term == "Agreement to the allocation"] == [
        {"host": "15 April 2027", "japan": "15 April 2027"}
    ]
    assert second.reach(State.REGISTERED, project).registered_on == second.today


@pytest.mark.parametrize("side", ["host", "japan"])
def test_a_refusal_has_grounds_and_a_new_proposal_asks_both_again(second: World, side: str) -> None:
    project, people = second.reach(State.ALLOCATION_PROPOSED), second.people
    other = "japan" if side == "host" else "host"
    perform(project, f"agree_allocation_{other}", actor=actor(getattr(people, f"government_{other}")))
    own = actor(getattr(people, f"government_{side}"))
    with refused(NotReady, "DOOR-07"):
        perform(project, f"refuse_allocation_{side}", actor=own)
    for outsider in (people.participant_japan, people.secretariat_host, getattr(people, f"government_{other}")):
        with refused(NotAllowed, "DOOR-00"):
            perform(project, f"refuse_allocation_{side}", actor=actor(outsider), grounds="Too little")
    perform(project, f"refuse_allocation_{side}", actor=own, grounds="Too little")
    assert project.reload().state == "allocation_refused"
    second.propose(project, host_percent=45)
    project = project.reload()
    assert (project.state, project.host_agreed_on, project.japan_agreed_on) == ("allocation_proposed", None, None)
    assert [one.host_percent for one in ProposedAllocation.objects.filter(project=project)] == [Decimal(40), Decimal(45)]


def test_a_refused_registration_is_requested_again_under_the_agreement_until_another_is_proposed(second: World) -> None:
    project = second.reach(State.CONSIDERATION)
    decide(second.people, project, "reject", grounds="The baseline is not conservative")
    second.request(project)
    assert project.reload().host_agreed_on == second.today
    perform(project, "accept_as_complete", actor=actor(second.people.secretariat_host))
    decide(second.people, project, "reject", grounds="The baseline is still not conservative")
    perform(project, "reopen_validation", actor=actor(second.people.participant_japan))
    assert (project.reload().host_agreed_on, project.reload().japan_agreed_on) == (None, None)


def test_an_allocation_says_its_basis_its_validity_and_its_split(india: World) -> None:
    project = india.reach(State.VALIDATED)
    given = split(india, ("host", "government", "60"), ("host", "Indian", "40"), ("japan", "Japanese", "100"))
    india.propose(project, basis="Finance of the Japanese side", validity="per_period", shares=given)
    kept = ProposedAllocation.objects.get(project=project)
    assert (kept.basis, kept.validity, kept.shares) == ("Finance of the Japanese side", "per_period", given)
    said = {one.term: one.words for one in declared(project.reload())}
    assert list(said.items())[-3:] == [
        ("Basis of the credit allocation", "Finance of the Japanese side"),
        ("The allocation holds for", "one monitoring period at a time"),
        (
            "Split inside each side",
            f"partner country: government, 60 %\npartner country: {given[1]['holder']}, 40 %\nJapan: {given[2]['holder']}, 100 %",
        ),
    ]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([("host", "government", "60")], "PRJ-51"),
        ([("host", "government", "60"), ("host", "Indian", "40.01")], "PRJ-51"),
        ([("host", "Japanese", "100")], "PRJ-51"),
        ([("host", "government", "101")], "DOOR-08"),
        ([("host", "government", "NaN")], "DOOR-08"),
        ([("mars", "government", "100")], "DOOR-08"),
        ([("host", "", "100")], "DOOR-08"),
    ],
)
def test_a_split_that_does_not_add_up_is_refused(india: World, lines: list[tuple[str, str, str]], code: str) -> None:
    project = india.reach(State.VALIDATED)
    with refused(NotReady, code):
        india.propose(project, shares=split(india, *lines))
    assert ProposedAllocation.objects.count() == 0
    assert project.reload().state == "validated"


@pytest.mark.parametrize("raw", ["host; government", "host; government; 100; more", "host", [1], {"side": "host"}])
def test_a_split_is_read_line_by_line(raw: Any) -> None:
    with pytest.raises(ValueError, match=r"line 1|one per line"):
        PROCEDURE.inputs["shares"].clean(raw)


def test_the_lines_of_a_split_as_text() -> None:
    assert PROCEDURE.inputs["shares"].clean(SPLIT) == [
        {"side": "host", "holder": "government", "percent": "60"},
        {"side": "host", "holder": "Indian company", "percent": "40"},
    ]
