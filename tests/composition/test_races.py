"""Two at once: one confirmation, one successor, no more seats than there are, one first appointment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.accounts.services import appoint_first, end_appointment
from apps.composition.models import Appointment
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.services import perform
from tests.composition.conftest import NOON
from tests.journeys.appointment import cooling, newcomer, nominated, taken_over
from tests.people import APPOINTED_ON, Cast, actor, cast, organisation, person
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)
LAST_COOLING_DAY = date(2027, 3, 4)


@pytest.fixture
def moment(transactional_db: None) -> Iterator[Rehearsal]:  # noqa: ARG001 - rows that other connections see
    with clock.rehearse(NOON) as time:
        yield time


@pytest.fixture
def both(moment: Rehearsal) -> Cast:  # noqa: ARG001 - acts under the clock
    return cast()


def taking_office(file: Appointment) -> object:
    """The clock's step, as the sweep takes it."""
    return perform(file, "take_office", actor=Actor.clock(), effective_on=LAST_COOLING_DAY)


def test_of_two_confirmations_one_counts(both: Cast) -> None:
    second = person("Second secretary", Role.SECRETARIAT, both.secretariat_host.organisation, Side.HOST)
    file = nominated(both)
    confirm = [lambda one=one: perform(file, "confirm", actor=actor(one)) for one in (both.co_chair_host, second)]
    assert sorted(outcomes(confirm)) == ["DOOR-02", "done"]
    assert Event.objects.filter(type="appointment.confirm", subject_id=file.pk).count() == 1


def test_one_chair_goes_to_one_of_two_successors(both: Cast, moment: Rehearsal) -> None:
    end_appointment(both.co_chair_host, ends_on=LAST_COOLING_DAY)
    files = [cooling(both, role=Role.CO_CHAIR.value, person=newcomer(f"Successor {n}").pk) for n in (1, 2)]
    moment.move_to(datetime(2027, 3, 4, 15, tzinfo=UTC))
    assert sorted(outcomes([lambda one=one: taking_office(one) for one in files])) == ["CMP-05", "done"]
    assert sorted(one.reload().state for one in files) == ["cooling", "in_office"]
    assert Membership.objects.filter(role=Role.CO_CHAIR, side=Side.HOST, ends_on=None).count() == 1


def test_the_last_seat_goes_to_one_of_two_members(both: Cast, moment: Rehearsal) -> None:
    for number in range(6):
        person(f"Indian member of old {number}", Role.MEMBER, both.members_host[0].organisation, Side.HOST)
    files = [cooling(both, person=newcomer(f"Newcomer {n}").pk) for n in (1, 2)]
    moment.move_to(datetime(2027, 3, 4, 15, tzinfo=UTC))
    assert sorted(outcomes([lambda one=one: taking_office(one) for one in files])) == ["CMP-04", "done"]


def test_an_office_is_brought_on_file_once(both: Cast) -> None:
    assert sorted(outcomes([lambda: taken_over(both)] * 2)) == ["CMP-14", "done"]


def test_an_end_and_its_withdrawal_leave_one(both: Cast) -> None:
    file = taken_over(both)
    perform(file, "propose_end", actor=actor(both.secretariat_host), ends_on=clock.today() + timedelta(days=5))
    said = outcomes(
        [
            lambda: perform(file, "confirm_end", actor=actor(both.co_chair_host)),
            lambda: perform(file, "withdraw_end", actor=actor(both.secretariat_host)),
        ]
    )
    both.members_host[0].refresh_from_db()
    expected = None if said[1] == "done" else date(2027, 3, 6)
    assert (sorted(said), both.members_host[0].ends_on) == (["DOOR-02", "done"], expected)


@pytest.mark.usefixtures("moment")
def test_two_administrators_at_once_make_no_third_of_a_side() -> None:
    body = organisation("Ministry of India", Side.HOST)
    person("Indian secretariat", Role.SECRETARIAT, body, Side.HOST)
    drafts = [
        Membership(user=newcomer(f"Newcomer {n}"), organisation=body, role=Role.CO_CHAIR, side=Side.HOST, starts_on=APPOINTED_ON)
        for n in (1, 2)
    ]
    assert sorted(outcomes([lambda one=one: appoint_first(one) for one in drafts])) == ["ACC-07", "done"]
