"""What the database refuses, whoever asks: tried as the application's role, past every check."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.composition.models import Appointment
from apps.core import clock
from apps.core.clock import Rehearsal
from tests.composition.conftest import NOON
from tests.journeys.appointment import cooling, in_office, newcomer, nominated, renewal
from tests.people import Cast, cast, person


def run(sql: str, *parameters: Any) -> None:
    """Run a statement in a savepoint, as far as a commit would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        cursor.execute("set constraints all immediate")


def written(file: Appointment, **columns: Any) -> str:
    """Write columns of a file by hand; the constraint that refuses it."""
    assignments = ", ".join(f"{name} = %s" for name in columns)
    try:
        run(f"update composition_appointment set {assignments} where id = %s", *columns.values(), file.pk)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "diag").constraint_name)  # noqa: B009 - psycopg's errors have one, Django's stubs do not know
    return "written"


@pytest.mark.django_db(transaction=True)
def test_nothing_that_counts_is_written_without_an_act() -> None:
    with clock.rehearse(NOON) as time:
        people = cast()
        file = in_office(people, time)
        values = {
            "credential": 7,
            "new_credential": 7,
            "credential_usable_at": time.moment,
            "proposed_by_id": people.members_host[0].pk,
            "person_id": people.co_chair_host.user_id,
            "scope": '["round"]',
        }
        found = {name: written(file, **{name: value}) for name, value in values.items()}
    assert found == dict.fromkeys(values, "appointment_moves_with_an_event")


def test_a_state_moves_with_an_event_only(people: Cast) -> None:
    file = cooling(people)
    assert written(file, state="withdrawn") == "state_moves_with_an_event"
    assert written(file, state="in_office") == "appointment_held_with_a_credential"


def test_two_persons_stand_behind_it(people: Cast, time: Rehearsal) -> None:
    file = nominated(people)
    second = Membership.objects.create(
        user=people.secretariat_host.user, organisation=people.secretariat_host.organisation, role=Role.SECRETARIAT,
        side=Side.HOST, starts_on=date(2013, 1, 1),
    )  # fmt: skip
    for one in (people.secretariat_host, second):
        assert written(file, confirmed_by_id=one.pk) == "appointment_by_two_persons"
    assert written(file, state="cooling") == "appointment_cools_when_confirmed"
    own = nominated(people, person=people.co_chair_host.user_id)
    assert written(own, state="cooling", confirmed_by_id=people.co_chair_host.pk) == "appointment_by_two_persons"
    changed = renewal(people, time)
    by_themself = {"state": "renewal_cooling", "confirmed_by_id": changed.membership_id}
    assert written(changed, **by_themself) == "appointment_by_two_persons"


@pytest.mark.parametrize(
    ("column", "constraint"),
    [
        ("proposed_by_id", "appointment_proposed_by_its_side"),
        ("confirmed_by_id", "appointment_confirmed_by_its_side"),
    ],
)
def test_neither_side_stands_behind_the_others(column: str, constraint: str, people: Cast) -> None:
    assert written(nominated(people), **{column: people.secretariat_japan.pk}) == constraint


def test_an_office_on_file_is_that_of_its_person_and_side(people: Cast) -> None:
    file = cooling(people)
    for one in (people.members_host[0], people.members_japan[0], people.secretariat_host):
        assert written(file, membership_id=one.pk) == "appointment_office_is_its_own"


def test_a_chair_has_one_holder_at_a_time(people: Cast) -> None:
    Membership.objects.filter(pk=people.co_chair_host.pk).update(ends_on=date(2027, 3, 31))
    file = cooling(people, role=Role.CO_CHAIR.value, first_on=date(2027, 4, 1))
    body = file.organisation
    early = Membership.objects.create(
        user=file.person, organisation=body, role=Role.CO_CHAIR, side=Side.HOST, starts_on=date(2027, 3, 31)
    )
    assert written(file, membership_id=early.pk) == "one_co_chair_per_side"


def test_an_alternate_acts_for_somebody_of_its_own_side(people: Cast) -> None:
    file = nominated(people, role=Role.ALTERNATE.value, acts_for=people.members_host[0].pk, person=newcomer("Alternate").pk)
    assert written(file, acts_for_id=people.members_japan[0].pk) == "appointment_alternate_of_its_side"
    assert written(file, acts_for_id=None) == "appointment_alternate_acts_for_another"
    assert written(nominated(people), acts_for_id=people.members_host[0].pk) == "appointment_alternate_acts_for_another"


def test_side_office_and_days_are_known(people: Cast) -> None:
    file = nominated(people, first_on=date(2027, 6, 1))
    assert written(file, role="government") == "appointment_side_and_office_are_known"
    assert written(file, ends_on=date(2027, 5, 31)) == "appointment_starts_before_end"


@pytest.mark.parametrize("attack", ["delete from composition_appointment", "truncate composition_appointment"])
def test_no_appointment_disappears(attack: str, people: Cast) -> None:
    nominated(people)
    with pytest.raises(DatabaseError) as caught:
        run(attack)
    assert getattr(caught.value.__cause__, "sqlstate", "") == "42501"


def test_the_credential_of_an_appointment_is_never_written_again(people: Cast) -> None:
    with pytest.raises(DatabaseError) as caught:
        run("update accounts_membership set credential = 5 where id = %s", people.co_chair_host.pk)
    assert getattr(caught.value.__cause__, "sqlstate", "") == "42501"


def test_an_alternate_of_the_other_side_is_refused_in_the_book_of_appointments(people: Cast) -> None:
    held = person("Somebody", Role.SECRETARIAT, people.secretariat_host.organisation, Side.HOST)
    with pytest.raises(IntegrityError, match="alternate_of_its_own_side"), transaction.atomic():
        Membership.objects.create(
            user=held.user, organisation=held.organisation, role=Role.ALTERNATE, side=Side.HOST, starts_on=date(2027, 1, 1),
            acts_for=people.members_japan[0],
        )  # fmt: skip
