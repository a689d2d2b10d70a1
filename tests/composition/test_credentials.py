"""A changed password or address decides nothing until a second person has confirmed it and the cooling period has passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import get_hasher, make_password
from django.core.management import call_command
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role, Side
from apps.composition.models import Appointment
from apps.composition.selectors import credential_problem
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import perform, sweep
from tests.journeys.appointment import (
    cooled,
    cooling,
    end_proposed,
    in_office,
    new_password,
    newcomer,
    nominated,
    renewal,
    renewal_cooling,
    taken_over,
)
from tests.people import APPOINTED_ON, Cast, actor
from tests.untouched import refused

PASSWORD = "correct horse battery staple"
ANOTHER = "another horse battery staple"

Change = Callable[[User], object]


def problem_of(held: Membership) -> str:
    """The code that stands against somebody's deciding; empty where nothing does."""
    found = credential_problem(held.pk, clock.now())
    return found.code if found else ""


def number(user: User) -> int:
    """The number of the present credential."""
    return User.objects.values_list("credential", flat=True).get(pk=user.pk)


def in_another_encoding() -> str:
    """The password as it was encoded in former times."""
    return get_hasher("pbkdf2_sha256").encode(PASSWORD, "salt", iterations=1)


# --- What is a change ---------------------------------------------------------------------------------


def by_set_password(user: User) -> None:
    user.set_password(ANOTHER)
    user.save()


def by_the_administration(user: User) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", PASSWORD, name="Root"))
    form = {"usable_password": "true", "password1": ANOTHER, "password2": ANOTHER, "reason": "A letter."}
    assert client.post(f"/admin/accounts/user/{user.pk}/password/", form).status_code == 302


def by_a_command(user: User) -> None:
    with patch("getpass.getpass", return_value=ANOTHER):
        call_command("changepassword", user.email, verbosity=0)


def by_sql(user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update accounts_user set password = 'x' where id = %s", [user.pk])


def by_an_update(user: User) -> None:
    User.objects.filter(pk=user.pk).update(password=make_password(ANOTHER))


def by_another_address(user: User) -> None:
    User.objects.filter(pk=user.pk).update(email="elsewhere@example.org")


def by_an_address_in_the_administration(user: User) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", PASSWORD, name="Root"))
    form = {"email": "elsewhere@example.org", "name": user.name, "language": "en", "is_active": "on", "reason": "A letter."}
    assert client.post(f"/admin/accounts/user/{user.pk}/change/", form).status_code == 302


CHANGES: list[Change] = [
    by_set_password, by_the_administration, by_a_command, by_sql, by_an_update, by_another_address,
    by_an_address_in_the_administration,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_a_change_by_whatever_way_takes_the_decision_away(change: Change, people: Cast) -> None:
    held = people.co_chair_host
    assert problem_of(held) == ""
    change(held.user)
    assert (number(held.user), problem_of(held)) == (2, "CMP-09")
    change_back = "update accounts_user set credential = 1 where id = %s"
    with connection.cursor() as cursor:
        cursor.execute(change_back, [held.user_id])
    assert number(held.user) == 2


def test_what_else_is_written_is_no_change(people: Cast) -> None:
    changes: list[dict[str, Any]] = [
        {"name": "Another name"}, {"language": "ja"}, {"is_active": True}, {"last_login": datetime(2027, 3, 1, tzinfo=UTC)},
        {"email": "Indian.Co-Chair@Example.org"}, {"credential": 0}, {"credential": 7},
    ]  # fmt: skip
    for change in changes:
        User.objects.filter(pk=people.co_chair_host.user_id).update(**change)
        assert (number(people.co_chair_host.user), problem_of(people.co_chair_host)) == (1, ""), change


def test_saving_somebody_as_they_were_read_changes_nothing(people: Cast) -> None:
    user = User.objects.get(pk=people.co_chair_host.user_id)
    by_an_update(user)
    again = User.objects.get(pk=user.pk)
    again.credential = 1
    again.save()
    assert number(user) == 2


def test_the_same_password_in_another_encoding_is_no_change(people: Cast, client: Client) -> None:
    user = people.co_chair_host.user
    user.password = in_another_encoding()
    user.save()
    assert number(user) == 2
    assert client.post("/accounts/login/", {"username": user.email, "password": PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert (user.password.startswith("argon2$"), user.credential) == (True, 2)
    assert user.check_password(PASSWORD)
    assert not user.check_password(ANOTHER)


def test_what_one_encoding_excuses_excuses_no_other_change(people: Cast) -> None:
    user, other = people.co_chair_host.user, people.members_host[0].user
    for one in (user, other):
        one.password = in_another_encoding()
        one.save()
    assert user.check_password(PASSWORD)
    by_set_password(user)
    by_set_password(other)
    assert (number(user), number(other)) == (3, 3)


def test_a_further_credential_counts_up_by_one(people: Cast) -> None:
    User.objects.filter(pk=people.co_chair_host.user_id).update(credential=2)
    assert (number(people.co_chair_host.user), problem_of(people.co_chair_host)) == (2, "CMP-09")


# --- Whom it binds ------------------------------------------------------------------------------------


def test_offices_that_decide_are_bound_and_no_others(people: Cast) -> None:
    User.objects.update(email=Concat(Value("new."), "email"))
    bound = {one for one in people.everybody if problem_of(one)}
    assert bound == set(people.committee)
    assert credential_problem(None, clock.now()) is None


def test_one_query_tells(people: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert credential_problem(people.co_chair_host.pk, clock.now()) is None


def test_an_office_without_a_file_goes_with_the_credential_that_it_was_made_with(people: Cast) -> None:
    user = people.stranger.user
    new_password(user)
    body = people.co_chair_host.organisation
    later = Membership.objects.create(user=user, organisation=body, role=Role.MEMBER, side=Side.HOST, starts_on=APPOINTED_ON)
    assert problem_of(later) == ""
    by_another_address(user)
    assert problem_of(later) == "CMP-09"


def test_nobody_writes_the_number_of_an_appointment(people: Cast) -> None:
    held = people.co_chair_host
    new_password(held.user)
    forged = Membership.objects.create(
        user=people.stranger.user, organisation=held.organisation, role=Role.MEMBER, side=Side.HOST, starts_on=APPOINTED_ON,
        credential=99,
    )  # fmt: skip
    forged.refresh_from_db()
    assert forged.credential == 1


def test_a_password_set_after_the_confirmation_is_a_change(people: Cast, time: Rehearsal) -> None:
    file = nominated(people)
    new_password(file.person)
    perform(file, "confirm", actor=actor(people.co_chair_host))
    assert file.reload().credential == 2
    by_another_address(file.person)
    held = cooled(file.reload(), time).membership
    assert held is not None
    assert (held.credential, problem_of(held)) == (3, "CMP-09")


# --- How a changed one comes to count -----------------------------------------------------------------


def test_a_changed_credential_counts_after_a_second_person_and_three_days(people: Cast, time: Rehearsal) -> None:
    file = renewal_cooling(people, time)
    held = file.membership
    assert held is not None
    assert (file.credential, file.new_credential) == (1, 2)
    deadline = open_deadlines(file).get()
    assert file.credential_usable_at == deadline.due_at == datetime(2027, 3, 8, 15, tzinfo=UTC)
    time.move_to(datetime(2027, 3, 8, 14, 59, 59, tzinfo=UTC))
    assert problem_of(held) == "CMP-09"
    time.move_to(deadline.due_at)
    assert problem_of(held) == "", "time counts, whenever the sweep comes"
    assert sweep() == 1
    file = file.reload()
    assert (file.state, file.credential, file.new_credential, file.credential_usable_at) == ("in_office", 2, None, None)
    assert problem_of(held) == ""


def test_the_confirmation_is_bound_to_what_was_proposed(people: Cast, time: Rehearsal) -> None:
    file = renewal(people, time)
    new_password(file.person, "a third pass phrase")
    with refused(NotReady, "CMP-11"):
        perform(file, "confirm_credential", actor=actor(people.co_chair_host))


def test_another_change_in_the_cooling_period_counts_for_nothing(people: Cast, time: Rehearsal) -> None:
    file = renewal_cooling(people, time)
    new_password(file.person, "a third pass phrase")
    file = cooled(file, time)
    held = file.membership
    assert held is not None
    assert (file.credential, problem_of(held)) == (2, "CMP-09")


def test_without_a_change_there_is_nothing_to_propose(people: Cast, time: Rehearsal) -> None:
    file = in_office(people, time)
    with refused(NotReady, "CMP-10"):
        perform(file, "renew_credential", actor=actor(people.secretariat_host))


def test_nobody_confirms_what_they_proposed_nor_their_own(people: Cast, time: Rehearsal) -> None:
    file = renewal(people, time)
    with refused(NotReady, "CMP-02"):
        perform(file, "confirm_credential", actor=actor(people.secretariat_host))
    for stranger in (people.secretariat_japan, people.co_chair_japan):
        with refused(NotReady, "CMP-01"):
            perform(file, "confirm_credential", actor=actor(stranger))


def test_a_co_chair_proposes_their_own_changed_credential_and_another_confirms_it(people: Cast, time: Rehearsal) -> None:
    file = taken_over(people, office=people.co_chair_host)
    new_password(people.co_chair_host.user)
    perform(file, "renew_credential", actor=actor(people.co_chair_host))
    with refused(NotReady, "CMP-09", "CMP-02", "CMP-03"):
        perform(file, "confirm_credential", actor=actor(people.co_chair_host))
    perform(file, "confirm_credential", actor=actor(people.secretariat_host))
    cooled(file, time)
    assert problem_of(people.co_chair_host) == ""


REFUSED_FROM: list[tuple[Callable[..., Appointment], dict[str, dict[str, Any]]]] = [
    (nominated, {"confirm": {}, "decline": {"grounds": "No."}}),
    (cooling, {"withdraw": {}}),
    (in_office, {"propose_end": {"ends_on": date(2027, 4, 1)}}),
    (end_proposed, {"confirm_end": {}, "withdraw_end": {}}),
]


@pytest.mark.parametrize(("reach", "steps"), REFUSED_FROM, ids=[reach.__name__ for reach, _steps in REFUSED_FROM])
def test_who_cannot_decide_does_not_appoint_either(
    reach: Callable[..., Appointment], steps: dict[str, dict[str, Any]], people: Cast, time: Rehearsal
) -> None:
    file = reach(people, time)
    new_password(people.co_chair_host.user)
    for step, inputs in steps.items():
        with refused(NotReady, "CMP-09"):
            perform(file, step, actor=actor(people.co_chair_host), **inputs)
    with refused(NotReady, "CMP-09"):
        nominated(people, by=people.co_chair_host, person=newcomer("Somebody else").pk)


def test_a_proposed_end_lets_the_changed_credential_lapse(people: Cast, time: Rehearsal) -> None:
    file = renewal_cooling(people, time)
    perform(file, "propose_end", actor=actor(people.secretariat_host), ends_on=clock.today())
    file = file.reload()
    assert (file.new_credential, file.credential_usable_at) == (None, None)
    perform(file, "withdraw_end", actor=actor(people.secretariat_host))
    time.move_to(datetime(2027, 3, 20, 3, tzinfo=UTC))
    assert file.membership is not None
    assert problem_of(file.membership) == "CMP-09"


def test_a_withdrawn_credential_counts_for_nothing(people: Cast, time: Rehearsal) -> None:
    file = renewal_cooling(people, time)
    perform(file, "withdraw_credential", actor=actor(people.co_chair_host))
    time.move_to(datetime(2027, 3, 20, 3, tzinfo=UTC))
    file = file.reload()
    assert file.membership is not None
    assert (sweep(), file.state, problem_of(file.membership)) == (0, "in_office", "CMP-09")
