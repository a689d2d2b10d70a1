"""Administrators appoint the first people of a side to the committee, and nobody after them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import OF_COMMITTEE, Role, Side
from apps.accounts.selectors import appoints_by_itself
from apps.accounts.services import appoint, appoint_first, end_first
from apps.core import clock
from apps.core.errors import NotReady
from tests.people import APPOINTED_ON, organisation, person

MEMBERSHIPS = "/admin/accounts/membership/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Organisation:
    return organisation("Ministry of India", Side.HOST)


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))
    return client


def two_persons(body: Organisation) -> list[Membership]:
    """A side that can nominate and confirm."""
    return [
        person("Indian secretariat", Role.SECRETARIAT, body, Side.HOST),
        person("Indian co-chair", Role.CO_CHAIR, body, Side.HOST),
    ]


def form_of(user: User, body: Organisation, **changes: Any) -> dict[str, Any]:
    """An appointment as the form of the administration sends it."""
    return {
        "user": user.pk,
        "organisation": body.pk,
        "role": "member",
        "side": "host",
        "starts_on": "2027-03-15",
        "reason": "A letter.",
        **changes,
    }


def newcomer() -> User:
    return User.objects.create_user("newcomer@example.org", name="Newcomer")


def codes(response: Any) -> dict[str, str]:
    """The codes of a refused form by field."""
    return {field: said[0].split()[0] for field, said in response.context["adminform"].form.errors.items()}


def test_the_first_two_of_a_side_are_appointed_by_administrators(root: Client, body: Organisation) -> None:
    for number, role in enumerate(("secretariat", "co_chair")):
        user = User.objects.create_user(f"first{number}@example.org", name="First")
        form = form_of(user, body, role=role, starts_on="2026-01-01")
        assert root.post(f"{MEMBERSHIPS}add/", form).status_code == 302
    assert appoints_by_itself("host", clock.today())
    assert not appoints_by_itself("japan", clock.today())


@pytest.mark.parametrize("role", OF_COMMITTEE)
def test_then_the_side_appoints_by_itself(role: Role, root: Client, body: Organisation) -> None:
    first = two_persons(body)
    acts_for = {"acts_for": first[1].pk} if role == Role.ALTERNATE else {}
    response = root.post(f"{MEMBERSHIPS}add/", form_of(newcomer(), body, role=role.value, **acts_for))
    assert (response.status_code, codes(response)) == (200, {"role": "ACC-07"})
    assert Membership.objects.count() == 2
    said = response.context["adminform"].form.errors["role"][0]
    assert "use “Appointment to the Joint Committee” on its desk" in said


def test_for_the_other_side_and_for_other_roles_administrators_go_on(root: Client, body: Organisation) -> None:
    two_persons(body)
    other = organisation("Ministry of Japan", Side.JAPAN)
    assert root.post(f"{MEMBERSHIPS}add/", form_of(newcomer(), other, side="japan")).status_code == 302
    for number, role in enumerate(("government", "registry", "participant")):
        user = User.objects.create_user(f"other{number}@example.org", name="Other")
        assert root.post(f"{MEMBERSHIPS}add/", form_of(user, body, role=role)).status_code == 302


def test_an_end_goes_the_same_way(root: Client, body: Organisation) -> None:
    held = two_persons(body)[1]
    response = root.post(f"{MEMBERSHIPS}{held.pk}/change/", {"ends_on": "2999-12-31", "reason": "A letter."})
    assert (response.status_code, codes(response)) == (200, {"ends_on": "ACC-07"})
    with pytest.raises(NotReady, match="ACC-07"):
        end_first(held, ends_on=date(2999, 12, 31))
    held.refresh_from_db()
    assert held.ends_on is None


def test_a_closed_account_opens_no_way_back(root: Client, body: Organisation) -> None:
    two_persons(body)
    User.objects.exclude(is_superuser=True).update(is_active=False)
    response = root.post(f"{MEMBERSHIPS}add/", form_of(newcomer(), body))
    assert codes(response) == {"role": "ACC-07"}


@pytest.mark.parametrize("second", ["the same person", "a member", "not yet", "no longer"])
def test_a_side_needs_two_persons_of_its_own_in_office(second: str, body: Organisation) -> None:
    first = person("Indian secretariat", Role.SECRETARIAT, body, Side.HOST)
    days = {"not yet": {"starts_on": date(2999, 1, 1)}, "no longer": {"ends_on": date(2020, 1, 1)}}.get(second, {})
    user = first.user if second == "the same person" else newcomer()
    role = Role.MEMBER if second == "a member" else Role.CO_CHAIR
    held = {"user": user, "organisation": body, "role": role, "side": Side.HOST, "starts_on": APPOINTED_ON, **days}
    Membership.objects.create(**held)
    assert not appoints_by_itself("host", clock.today())


@pytest.mark.parametrize("acts_for", ["nobody", "the other side"])
def test_an_alternate_acts_for_somebody_of_the_same_side(acts_for: str, root: Client, body: Organisation) -> None:
    other = person("Japanese member", Role.MEMBER, organisation("Ministry of Japan", Side.JAPAN), Side.JAPAN)
    named = {"acts_for": other.pk} if acts_for == "the other side" else {}
    response = root.post(f"{MEMBERSHIPS}add/", form_of(newcomer(), body, role="alternate", **named))
    assert (response.status_code, codes(response)) == (200, {"acts_for": "ACC-08"})


def test_nobody_else_acts_for_another(body: Organisation) -> None:
    principal = person("Indian member", Role.MEMBER, body, Side.HOST)
    draft = Membership(
        user=newcomer(), organisation=body, role=Role.MEMBER, side=Side.HOST, starts_on=APPOINTED_ON, acts_for=principal
    )
    with pytest.raises(NotReady, match="ACC-08"):
        appoint(draft)
    with pytest.raises(NotReady, match="ACC-08"):
        appoint_first(draft)
