"""In which capacity somebody acts: today's memberships, towards this file, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.errors import LockNotAvailable

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role, Side
from apps.accounts.selectors import memberships_of
from apps.committee.models import Decision
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.workflow.actors import Actor
from apps.workflow.services import one_transaction
from tests.decision import decide
from tests.people import Cast, organisation, person
from tests.untouched import refused
from tests.wheel.models import Wheel
from tests.wheel.services import act, made, stopped

LAST_DAY = date(2027, 3, 15)
EVENING = datetime(2027, 3, 15, 14, 59, 59, 999_999, tzinfo=UTC)
MIDNIGHT = datetime(2027, 3, 15, 15, tzinfo=UTC)


@pytest.fixture
def wheel(people: Cast) -> Wheel:
    return made(people.participant_host, fields={"holder_id": people.participant_host.organisation_id})


def ended(membership: Membership, on: date) -> Membership:
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    return membership


def test_a_membership_counts_to_the_end_of_its_last_day(people: Cast, wheel: Wheel) -> None:
    secretary = ended(people.secretariat_host, LAST_DAY)
    with clock.rehearse(EVENING) as time:
        assert act(wheel, "mark", secretary).version == 2
        time.move_to(MIDNIGHT)
        with refused(NotAllowed, "DOOR-00"):
            act(wheel, "mark", secretary)
        with refused(NotAllowed, "DOOR-00"):
            made(secretary)


def test_a_membership_counts_from_its_first_day(people: Cast, wheel: Wheel) -> None:
    fields = {"user": people.secretariat_host.user, "organisation": people.secretariat_host.organisation}
    ended(people.secretariat_host, date(2027, 3, 14))
    next_one = Membership.objects.create(role=Role.SECRETARIAT, side=Side.HOST, starts_on=date(2027, 3, 16), **fields)
    with clock.rehearse(EVENING) as time:
        with refused(NotAllowed, "DOOR-00"):
            act(wheel, "mark", next_one)
        time.move_to(MIDNIGHT)
        assert act(wheel, "mark", next_one).membership_id == next_one.pk


def test_the_membership_is_read_anew_not_trusted(people: Cast, wheel: Wheel) -> None:
    stale = Membership.objects.get(pk=people.secretariat_host.pk)
    ended(people.secretariat_host, date(2020, 1, 1))
    assert stale.ends_on is None
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "mark", stale)
    changed = Membership.objects.get(pk=people.registry_host.pk)
    changed.role = Role.SECRETARIAT
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "mark", changed)


def test_somebody_who_was_locked_out_cannot_act(people: Cast, wheel: Wheel) -> None:
    user = people.secretariat_host.user
    user.is_active = False
    user.save(update_fields=["is_active"])
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "mark", people.secretariat_host)


def test_a_superuser_has_no_capacity_of_their_own(people: Cast, wheel: Wheel) -> None:
    root = User.objects.create_superuser("root@example.org", name="Root")
    assert list(memberships_of(root, clock.today())) == []
    nobodys = Membership.objects.latest("pk").pk + 1
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "mark", Actor.person(Membership(pk=nobodys)))
    for member in (people.registry_host, people.stranger):
        member.user.is_superuser = True
        member.user.save(update_fields=["is_superuser"])
        with refused(NotAllowed, "DOOR-00"):
            act(wheel, "mark", member)


def test_a_company_acts_on_files_that_name_it(people: Cast, wheel: Wheel) -> None:
    colleague = person("Colleague", Role.PARTICIPANT, people.participant_host.organisation)
    event = act(wheel, "mark", colleague)
    assert (event.capacity, event.side, event.organisation_id) == ("participant", "", colleague.organisation_id)
    for other in (people.participant_japan, people.stranger, people.tpe):
        with refused(NotAllowed, "DOOR-00"):
            act(wheel, "mark", other)


def test_a_verifier_of_the_same_company_is_no_participant(people: Cast, wheel: Wheel) -> None:
    verifier = person("Verifier", Role.TPE, people.participant_host.organisation)
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "mark", verifier)


def test_a_step_of_one_side_is_not_open_to_the_other(people: Cast, wheel: Wheel) -> None:
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "mark", people.government_japan)
    event = act(wheel, "mark", people.government_host)
    assert (event.capacity, event.side) == ("government", "host")


def test_somebody_with_two_roles_acts_in_the_one_that_they_name(people: Cast, wheel: Wheel) -> None:
    both = people.secretariat_host
    fields = {"user": both.user, "organisation": organisation("Solar India", Side.HOST), "side": ""}
    company = Membership.objects.create(role=Role.PARTICIPANT, starts_on=date(2020, 1, 1), **fields)
    assert act(wheel, "mark", both).capacity == "secretariat"
    assert act(wheel, "mark", company).capacity == "participant"
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "turn", company)


def test_the_clock_and_a_decision_are_recorded_as_such(people: Cast) -> None:
    wheel = stopped(people.secretariat_host)
    event = decide(people, wheel, "finish")
    assert (event.actor, event.capacity, event.side) == ("decision", "committee", "")
    assert (event.membership_id, event.decision_id, event.organisation_id) == (None, Decision.objects.get().pk, None)
    other = stopped(people.secretariat_host)
    with refused(NotAllowed, "DOOR-00"):
        act(other, "finish", Actor.clock())


@pytest.mark.django_db(transaction=True)
def test_the_membership_cannot_end_between_the_look_and_the_commit(people: Cast, wheel: Wheel) -> None:
    end = "update accounts_membership set ends_on = '2020-01-01' where id = %s"
    with psycopg.connect(settings.TEST_CLUSTER.address("jcm_app", connection.settings_dict["NAME"])) as other:
        other.execute("set lock_timeout = '50ms'")
        with one_transaction():
            act(wheel, "mark", people.secretariat_host)
            with pytest.raises(LockNotAvailable), other.transaction():
                other.execute(end, [people.secretariat_host.pk])
        other.execute(end, [people.secretariat_host.pk])
        other.commit()
    with refused(NotAllowed, "DOOR-00"):
        act(wheel, "mark", people.secretariat_host)
