"""No day of a project twice: by the check, and by the database where the check is passed by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.projects.procedure import State as ProjectState
from apps.workflow.editions import EDITIONS, Mark, Parameter
from tests.issuance.database import constraint_against
from tests.issuance.walk import Course
from tests.projects.walk import upload
from tests.refused import refused


def verified(course: Course, project: object, starts_on: date, ends_on: date) -> Round:
    """A verified round with its request at hand."""
    one = course.reach(State.VERIFIED, course.open(project, starts_on, ends_on))
    upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    return one


def test_touching_periods_are_two_and_one_shared_day_is_too_many(course: Course) -> None:
    first = course.reach(State.REQUESTED)
    before = verified(course, first.project, date(2028, 10, 1), date(2028, 12, 31))
    course.act(before, "request_issuance", course.people.participant_japan)
    slip = verified(course, first.project, date(2028, 12, 31), date(2029, 3, 31))
    with refused(NotReady, "ISS-07"):
        course.act(slip, "request_issuance", course.people.participant_japan)
    assert (slip.reload().state, slip.reload().claims_period) == (State.VERIFIED, False)


@pytest.mark.parametrize("state", [State.REQUESTED, State.INCOMPLETE, State.COMPLETE, State.NOTIFIED, State.CLOSED])
def test_days_are_kept_from_the_request_on_for_ever(jcm: Course, state: State) -> None:
    first = jcm.reach(state)
    rival = verified(jcm, first.project, date(2028, 9, 30), date(2028, 10, 31))
    with refused(NotReady, "ISS-07"):
        jcm.act(rival, "request_issuance", jcm.people.participant_japan)


def test_each_overlapping_round_is_named(jcm: Course) -> None:
    first = jcm.reach(State.REQUESTED)
    second = verified(jcm, first.project, date(2028, 10, 1), date(2028, 10, 31))
    jcm.act(second, "request_issuance", jcm.people.participant_japan)
    both = verified(jcm, first.project, date(2028, 4, 1), date(2028, 10, 31))
    with pytest.raises(NotReady) as caught:
        jcm.act(both, "request_issuance", jcm.people.participant_japan)
    assert [problem.code for problem in caught.value.problems] == ["ISS-07", "ISS-07"]
    assert [("R1" in problem.text, "R2" in problem.text) for problem in caught.value.problems] == [(True, False), (False, True)]


def test_a_withdrawn_request_gives_its_days_back(course: Course) -> None:
    first = course.reach(State.REQUEST_WITHDRAWN)
    again = verified(course, first.project, first.period_starts_on, first.period_ends_on)
    course.act(again, "request_issuance", course.people.participant_japan)
    assert again.reload().state == State.REQUESTED


def test_a_rejected_request_gives_its_days_back(jcm: Course) -> None:
    first = jcm.reach(State.REJECTED)
    again = verified(jcm, first.project, first.period_starts_on, first.period_ends_on)
    jcm.act(again, "request_issuance", jcm.people.participant_japan)
    assert again.reload().state == State.REQUESTED


def test_the_same_days_of_two_projects_are_no_overlap(jcm: Course) -> None:
    jcm.reach(State.REQUESTED)
    assert jcm.reach(State.REQUESTED).state == State.REQUESTED


def test_awkward_case_10_a_period_is_cut_at_the_end_of_2020(jcm: Course) -> None:
    project = jcm.project()
    for starts_on, ends_on in ((date(2020, 12, 31), date(2021, 1, 1)), (date(2019, 7, 6), date(2022, 3, 31))):
        with refused(NotReady, "ISS-05"):
            jcm.open(project, starts_on, ends_on)
    for starts_on, ends_on in ((date(2020, 1, 1), date(2020, 12, 31)), (date(2021, 1, 1), date(2021, 1, 1))):
        assert jcm.open(project, starts_on, ends_on).state == State.MONITORING


def test_awkward_case_10_periods_that_touch_at_the_end_of_2020_are_both_issued(jcm: Course) -> None:
    project = jcm.project()
    old = jcm.reach(State.CLOSED, jcm.open(project, date(2020, 1, 1), date(2020, 12, 31)))
    new = jcm.reach(State.CLOSED, jcm.open(project, date(2021, 1, 1), date(2021, 6, 30)))
    assert (old.decided_tonnes, new.decided_tonnes) == (8947, 8947)


def test_days_before_the_registration_are_credited_only_where_the_edition_allows_it(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Allowed in every edition that exists; the edition of a partner may say otherwise. Source: awkward cases 8 and 9."""
    project = course.world.reach(ProjectState.VALIDATED)
    one = verified(course, project, course.world.today, course.world.today + timedelta(days=30))
    project = course.world.reach(ProjectState.REGISTERED, project)
    forbidden = Parameter(value=False, mark=Mark.NOT_FOUND, source="of the test")
    with monkeypatch.context() as patch:
        patch.setitem(EDITIONS[course.world.edition].parameters, "monitoring_before_registration", forbidden)  # type: ignore[arg-type] # reason: a plain dictionary
        with pytest.raises(NotReady) as caught:
            course.act(one, "request_issuance", course.people.participant_japan)
        assert "ISS-37" in caught.value.codes
        later = verified(course, project, project.registered_on, project.registered_on + timedelta(days=30))
        assert "ISS-37" not in codes_of(course, later)
    assert "ISS-37" not in codes_of(course, one)


def codes_of(course: Course, one: Round) -> tuple[str, ...]:
    """What stands against the request for a round; nothing where it was taken."""
    try:
        course.act(one, "request_issuance", course.people.participant_japan)
    except NotReady as refusal:
        return refusal.codes
    return ()


def test_the_crediting_period_of_india_bounds_the_request_on_both_ends(india: Course) -> None:
    project = india.project()
    early = verified(india, project, date(2028, 3, 31), date(2028, 4, 30))
    with refused(NotReady, "ISS-09"):
        india.act(early, "request_issuance", india.people.participant_japan)
    late = verified(india, project, date(2038, 3, 1), date(2038, 4, 1))
    with refused(NotReady, "ISS-09"):
        india.act(late, "request_issuance", india.people.participant_japan)
    last = verified(india, project, date(2038, 3, 1), date(2038, 3, 31))
    india.act(last, "request_issuance", india.people.participant_japan)


def test_the_database_itself_refuses_an_overlap(jcm: Course) -> None:
    first = jcm.reach(State.REQUESTED)
    rival = verified(jcm, first.project, date(2028, 9, 30), date(2028, 10, 31))
    assert against(rival, claims_period=True, state=State.REQUESTED) == "round_no_overlap"


def test_the_database_keeps_what_was_decided(jcm: Course) -> None:
    one = jcm.reach(State.NOTIFIED)
    undecided = {"decided_on": None, "decided_tonnes": None, "host_tonnes": None, "japan_tonnes": None}
    changes: list[tuple[str, dict[str, Any]]] = [
        ("round_claims_its_period", {"claims_period": False}),
        ("decided_amounts_stay", {"period_ends_on": date(2028, 9, 29)}),
        ("decided_amounts_stay", {"host_tonnes": 1790}),
        ("decided_amounts_stay", {"host_tonnes": 1790, "japan_tonnes": 7157}),
        ("decided_amounts_stay", {"verified_tonnes": 8947}),
        ("decided_amounts_stay", undecided),
        ("side_is_issued_as_decided", {"host_issued_on": date(2029, 1, 1)}),
        ("state_moves_with_an_event", {"state": State.CLOSED}),
    ]
    for constraint, change in changes:
        assert against(one, **change) == constraint, change


def test_the_database_counts_the_decided_amounts(jcm: Course) -> None:
    one = jcm.reach(State.COMPLETE)
    for constraint, total, host, japan in (
        ("round_sides_add_up", 9000, 4000, 4999),
        ("round_within_verified", 9001, 4000, 5001),
        ("round_decided_as_a_whole", 8000, 9000, -1000),
        ("round_decided_as_a_whole", None, 4000, 5000),
    ):
        amounts = {"decided_tonnes": total, "host_tonnes": host, "japan_tonnes": japan}
        assert against(one, decided_on=date(2029, 1, 1), **amounts) == constraint, amounts


def test_the_database_knows_no_negative_verification(jcm: Course) -> None:
    assert against(jcm.reach(State.VERIFIED), verified_tonnes=-1) == "round_verified_not_negative"


def against(one: Round, **changes: Any) -> str:
    """The constraint that stands against setting columns of a round past the engine."""
    return constraint_against(lambda: Round.objects.filter(pk=one.pk).update(**changes))
