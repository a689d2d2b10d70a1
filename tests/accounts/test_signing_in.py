"""Signing in and out, and the capacity that a person acts in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils.module_loading import import_string

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role, Side
from apps.core import clock
from jcm import settings as site
from tests.people import APPOINTED_ON, organisation, person

PASSWORD = "correct horse battery staple"
HERE = "/accounts/acting/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Membership:
    held = person("Indian member", Role.MEMBER, organisation("Ministry of Power", Side.HOST), Side.HOST)
    held.user.set_password(PASSWORD)
    held.user.save()
    return held


def appointed(user: User, role: Role, side: str = "", **changes: Any) -> Membership:
    return Membership.objects.create(
        **{"user": user, "organisation": organisation("Solar India", Side.HOST), "role": role, "side": side,
           "starts_on": APPOINTED_ON, **changes}
    )  # fmt: skip


def signed_in(client: Client, address: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"username": address, "password": password, **more})


def test_the_address_counts_whatever_its_case(client: Client, member: Membership) -> None:
    response = signed_in(client, "Indian.Member@EXAMPLE.org")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session[SESSION_KEY] == str(member.user_id)
    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_the_site_itself_spares_no_cost() -> None:
    """The tests' own settings do."""
    hasher = import_string(site.PASSWORD_HASHERS[0])
    assert (hasher.algorithm, hasher.time_cost, hasher.memory_cost, hasher.parallelism) == ("argon2", 2, 102_400, 8)


@pytest.mark.parametrize("fault", ["address", "password", "closed", "no password", "both"])
def test_a_refusal_does_not_say_what_was_wrong(fault: str, client: Client, member: Membership) -> None:
    if fault == "closed":
        User.objects.update(is_active=False)
    if fault == "no password":
        member.user.set_unusable_password()
        member.user.save()
    address = "nobody@example.org" if fault in {"address", "both"} else member.user.email
    response = signed_in(client, address, "wrong" if fault in {"password", "both"} else PASSWORD)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "The e-mail address or the password is not right. Check both and try again."
    ]
    assert address in response.content.decode(), "what was typed is kept, but for the password"
    assert PASSWORD not in response.content.decode()
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("address", ["", "no address", "a@example.org\x00", "@" * 1000])
def test_what_is_no_address_is_refused_with_its_field(address: str, client: Client) -> None:
    response = signed_in(client, address)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["username"]


def test_the_way_on_stays_on_this_site(client: Client, member: Membership) -> None:
    assert signed_in(client, member.user.email, next="/projects/?stage=1")["Location"] == "/projects/?stage=1"
    client.logout()
    assert signed_in(client, member.user.email, next="https://elsewhere.example/")["Location"] == "/"


def test_signing_out_takes_a_post(client: Client, member: Membership) -> None:
    client.force_login(member.user)
    assert client.get("/accounts/logout/").status_code == 405
    assert SESSION_KEY in client.session
    assert client.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert SESSION_KEY not in client.session


def test_the_forms_are_protected_against_other_sites(member: Membership) -> None:
    client = Client(enforce_csrf_checks=True)
    assert signed_in(client, member.user.email).status_code == 403
    client.force_login(member.user)
    assert client.post("/accounts/logout/").status_code == 403
    assert client.post(HERE, {"membership": member.pk}).status_code == 403


# --- Capacities -----------------------------------------------------------------------------------


def test_the_only_membership_is_acted_in_without_asking(client: Client, member: Membership) -> None:
    client.force_login(member.user)
    response = client.get(HERE)
    assert response.wsgi_request.membership == member
    assert response.context["acting"].label == "Committee member · Ministry of Power"
    assert response.context["acting"].side == "host"
    assert "Committee member · Ministry of Power" in response.content.decode()


def test_of_several_memberships_none_is_acted_in_until_one_is_chosen(client: Client, member: Membership) -> None:
    second = appointed(member.user, Role.PARTICIPANT)
    assert signed_in(client, member.user.email, next="/projects/")["Location"] == f"{HERE}?next=%2Fprojects%2F"
    response = client.get(HERE)
    assert response.wsgi_request.membership is None
    assert response.context["acting"] is None
    assert [label for _key, label in response.context["form"].fields["membership"].choices] == [
        "Committee member · Ministry of Power · India",
        "Project participant · Solar India",
    ]
    response = client.post(HERE, {"membership": second.pk, "next": "/projects/"})
    assert (response.status_code, response["Location"]) == (302, "/projects/")
    response = client.get(HERE)
    assert response.wsgi_request.membership == second
    assert response.context["acting"].label == "Project participant · Solar India"
    assert response.context["acting"].side == "host", "the side of the organisation, where the role has none"


@pytest.mark.parametrize("wanted", ["other", "ended", "", "0", "x", "9" * 30])
def test_a_capacity_that_is_not_held_cannot_be_chosen(wanted: str, client: Client, member: Membership) -> None:
    appointed(member.user, Role.PARTICIPANT)
    other = person("Japanese co-chair", Role.CO_CHAIR, organisation("Ministry of Japan", Side.JAPAN), Side.JAPAN)
    ended = appointed(member.user, Role.TPE, ends_on=clock.today() - timedelta(days=1))
    key = {"other": other.pk, "ended": ended.pk}.get(wanted, wanted)
    client.force_login(member.user)
    response = client.post(HERE, {"membership": key})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["membership"]
    assert client.get(HERE).wsgi_request.membership is None


def test_a_chosen_membership_that_ends_is_no_longer_acted_in(client: Client, member: Membership) -> None:
    second = appointed(member.user, Role.PARTICIPANT)
    appointed(member.user, Role.TPE)
    client.force_login(member.user)
    client.post(HERE, {"membership": second.pk})
    Membership.objects.filter(pk=second.pk).update(ends_on=date(2020, 1, 1))
    assert client.get(HERE).wsgi_request.membership is None


def test_visitors_and_people_without_appointment_act_in_nothing(client: Client, member: Membership) -> None:
    response = client.get("/accounts/login/")
    assert response.wsgi_request.membership is None
    assert response.context["acting"] is None
    Membership.objects.update(ends_on=date(2020, 1, 1))
    client.force_login(member.user)
    response = client.get(HERE)
    assert response.wsgi_request.membership is None
    assert "You hold no appointment that is in force today." in response.content.decode()


def test_a_superuser_holds_no_capacity(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root@example.org", PASSWORD, name="Root"))
    assert client.get(HERE).wsgi_request.membership is None


def test_visitors_cannot_choose_a_capacity(client: Client) -> None:
    assert client.get(HERE)["Location"] == f"/accounts/login/?next={HERE}"


def test_the_way_on_after_choosing_stays_on_this_site(client: Client, member: Membership) -> None:
    client.force_login(member.user)
    response = client.post(HERE, {"membership": member.pk, "next": "//elsewhere.example/"})
    assert response["Location"] == "/"
