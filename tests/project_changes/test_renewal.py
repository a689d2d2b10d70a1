"""Renewals: how long a project may be credited in all, who has a say, and which days are credited then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from apps.core import clock
from apps.core.errors import NotAllowed, NotReady
from apps.documents.kinds import Kind
from apps.issuance.procedure import State as RoundState
from apps.project_changes.models import Renewal
from apps.project_changes.procedure.renewal import State
from apps.projects.models import Project, RenewedPeriod
from apps.projects.selectors import crediting_periods
from tests.issuance.walk import Course
from tests.people import cast
from tests.project_changes.renewing import FIRST_END, NEW_END, Renewing
from tests.projects.walk import World, noon, upload
from tests.refused import refused

STARTS_ON = date(2028, 4, 1)


@pytest.fixture
def india(db: None) -> Iterator[Renewing]:  # noqa: ARG001 - the rows need a database
    """India 2026."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Renewing(World(cast(), time, "india_2026"))


@pytest.fixture(params=["jcm_2022", "india_2026"])
def renewing(request: pytest.FixtureRequest, db: None) -> Iterator[Renewing]:  # noqa: ARG001 - the rows need a database
    """Each edition that knows crediting periods."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield Renewing(World(cast(), time, request.param))


def test_a_renewed_period_joins_the_first_which_stays_as_registered(renewing: Renewing) -> None:
    renewal = renewing.bring(State.RENEWED)
    project = renewal.project.reload()
    assert (project.crediting_starts_on, project.crediting_ends_on) == (STARTS_ON, FIRST_END)
    period = RenewedPeriod.objects.get(project=project)
    assert (period.starts_on, period.ends_on, period.source) == (date(2033, 4, 1), NEW_END, f"{project.reference}-N1")
    assert crediting_periods(project) == [(STARTS_ON, NEW_END)]


def test_in_india_ten_years_are_the_most_and_the_refusal_names_the_last_day(india: Renewing) -> None:
    project = india.renewable()
    with pytest.raises(NotReady) as caught:
        india.renewal(project, ends_on=date(2038, 4, 1))
    (problem,) = caught.value.problems
    assert (problem.code, problem.text) == (
        "RNW-03",
        "with renewals the crediting period is longer than 10 years; it may last until 31 March 2038",
    )
    assert india.renewal(project, ends_on=NEW_END).state == State.DRAFT


@pytest.mark.parametrize("second_end", [date(2036, 3, 31), NEW_END])
def test_the_limit_counts_all_renewals_together(second_end: date, india: Renewing) -> None:
    project = india.bring(State.RENEWED, india.renewal(ends_on=date(2035, 3, 31))).project
    with refused(NotReady, "RNW-03"):
        india.renewal(project, ends_on=date(2038, 4, 1))
    india.bring(State.RENEWED, india.renewal(project, ends_on=second_end))
    assert crediting_periods(project) == [(STARTS_ON, second_end)]


def test_no_day_without_an_approved_period_is_credited_later(renewing: Renewing) -> None:
    renewal = renewing.bring(renewing.before_decision)
    renewing.world.time.move_to(noon(2033, 6, 15))
    renewing.decide(renewal, "renew")
    project = renewal.project
    assert crediting_periods(project) == [(STARTS_ON, FIRST_END), (date(2033, 6, 15), NEW_END)]
    course = Course(renewing.world)
    for first, last in ((date(2033, 4, 1), date(2033, 6, 14)), (date(2033, 3, 1), date(2033, 7, 1))):
        one = course.reach(RoundState.VERIFIED, course.open(project, first, last))
        upload(one, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
        with refused(NotReady, "ISS-09"):
            course.act(one, "request_issuance", course.people.participant_japan)


def test_credits_come_of_renewed_days_and_of_no_later_ones(india: Renewing) -> None:
    project = india.bring(State.RENEWED, india.renewal(ends_on=date(2034, 3, 31))).project
    course = Course(india.world)
    inside = course.open(project, date(2033, 1, 1), date(2033, 12, 31))
    outside = course.open(project, date(2034, 1, 1), date(2034, 4, 1))
    assert course.reach(RoundState.REQUESTED, inside).state == RoundState.REQUESTED
    outside = course.reach(RoundState.VERIFIED, outside)
    upload(outside, course.people.participant_japan, Kind.ISSUANCE_REQUEST)
    with refused(NotReady, "ISS-09"):
        course.act(outside, "request_issuance", course.people.participant_japan)


def test_the_committee_waits_for_both_governments_of_which_each_answers_once(india: Renewing) -> None:
    renewal, people = india.bring(State.REVALIDATED), india.people
    india.act(renewal, "approve_renewal_japan", people.government_japan)
    with refused(NotReady, "RNW-07"):
        india.act(renewal, "approve_renewal_japan", people.government_japan)
    with refused(NotReady, "RNW-07"):
        india.act(renewal, "refuse_renewal_japan", people.government_japan, grounds="Second thoughts")
    with refused(NotAllowed, "DOOR-00"):
        india.act(renewal, "approve_renewal_host", people.government_japan)
    assert renewal.reload().state == State.REVALIDATED
    india.act(renewal, "approve_renewal_host", people.government_host)
    assert renewal.reload().state == State.GOVERNMENTS_APPROVED


def test_what_is_withdrawn_or_denied_renews_nothing_and_lets_the_next_in(renewing: Renewing) -> None:
    project = renewing.renewable()
    for state in (State.WITHDRAWN, State.DENIED):
        renewing.bring(state, renewing.renewal(project))
        assert crediting_periods(project) == [(STARTS_ON, FIRST_END)]
    assert renewing.renewal(project).reference == f"{project.reference}-N3"


def test_one_renewal_of_a_project_runs_at_a_time(india: Renewing) -> None:
    first = india.renewal()
    with refused(NotReady, "RNW-04"):
        india.renewal(first.project)


def test_the_database_lets_no_second_renewal_in(india: Renewing) -> None:
    first = india.renewal()
    first.pk, first.reference = None, ""
    with pytest.raises(IntegrityError, match="renewal_one_runs_per_project"):
        first.save(force_insert=True)


@pytest.mark.parametrize(("ends_on", "codes"), [(FIRST_END, ["RNW-02"]), (date(2033, 4, 1), [])])
def test_a_renewal_adds_at_least_a_day(ends_on: date, codes: list[str], india: Renewing) -> None:
    project = india.renewable()
    if codes:
        with refused(NotReady, *codes):
            india.renewal(project, ends_on=ends_on)
    else:
        india.renewal(project, ends_on=ends_on)


def test_a_renewal_that_is_decided_after_its_end_is_refused(india: Renewing) -> None:
    renewal = india.bring(State.GOVERNMENTS_APPROVED, india.renewal(ends_on=date(2034, 3, 31)))
    india.world.time.move_to(noon(2034, 4, 1))
    with pytest.raises(NotReady) as caught:
        india.decide(renewal, "renew")
    assert caught.value.codes == ("RNW-02",)


def test_a_project_without_a_crediting_period_has_nothing_to_renew(india: Renewing) -> None:
    project = india.renewable()
    Project.objects.filter(pk=project.pk).update(crediting_starts_on=None, crediting_ends_on=None)
    with refused(NotReady, "RNW-01"):
        india.renewal(project)


def test_only_those_who_take_part_ask_and_only_for_a_registered_project(india: Renewing) -> None:
    project = india.renewable()
    with refused(NotReady, "CHG-09"):
        india.renewal(project, india.people.stranger)
    upload(project, india.people.participant_japan, Kind.PROJECT_WITHDRAWAL)
    both = [one.organisation_id for one in project.participants.all()]
    india.act(project, "withdraw_registered", india.people.participant_japan, signed_by=both)
    with refused(NotReady, "CHG-02"):
        india.renewal(project)


def test_the_entity_validates_in_every_scope_on_the_day_and_takes_no_part(india: Renewing) -> None:
    project = india.renewable()
    other = india.world.entity(india.people.other_tpe, scopes=(3,))
    with refused(NotReady, "RNW-05"):
        india.renewal(project, entity=other)
    project.participants.create(organisation=india.people.tpe.organisation, side="host")
    with refused(NotReady, "CHG-04"):
        india.renewal(project)


def test_the_report_is_the_entitys_own(india: Renewing) -> None:
    renewal = india.bring(State.REVALIDATION)
    upload(renewal, india.people.participant_host, Kind.VALIDATION_REPORT)
    with refused(NotReady, "RNW-06"):
        india.act(renewal, "report_positive", india.people.tpe)


def test_a_renewed_period_is_written_by_a_renewal(india: Renewing) -> None:
    RenewedPeriod.objects.create(
        project=india.renewable(), starts_on=NEW_END, ends_on=NEW_END, source="", act_id="00000000-0000-4000-8000-000000000000"
    )
    with pytest.raises(IntegrityError, match="has no act in this transaction"):
        connection.check_constraints()


def test_the_first_generation_knows_no_renewal() -> None:
    assert set(Renewal.procedure.tables) == {"jcm_2022", "india_2026"}
