"""Who enters the administration, and in which capacity."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role, Side
from tests.committee.alternate import alternate
from tests.people import APPOINTED_ON, Cast, cast, organisation, person
from tests.unfinished import unfinished

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.parametrize("side", Side)
def test_the_offices_of_both_sides_enter(side: Side, client: Client, people: Cast) -> None:
    authority = person("Authority", Role.AUTHORITY, organisation("Agency", side), side)
    member = getattr(people, f"members_{side}")[0]
    offices = [getattr(people, f"{name}_{side}") for name in ("secretariat", "co_chair", "registry")]
    for one in (*offices, member, alternate(member), authority):
        client.force_login(one.user)
        answer = client.get("/admin/")
        assert answer.status_code == 200, one.role
        assert f"Acting as {one.get_role_display()} · {one.organisation}" in unfinished(answer.content.decode())


@pytest.mark.parametrize("name", ["participant_host", "tpe", "government_japan", "stranger"])
def test_nobody_else_enters(name: str, client: Client, people: Cast) -> None:
    client.force_login(getattr(people, name).user)
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").status_code == 403
    assert client.get("/admin/probe/probe/").status_code == 302


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=/admin/"


def test_whoever_has_several_capacities_chooses_one_first(client: Client, people: Cast) -> None:
    held = {"user": people.secretariat_host.user, "organisation": organisation("Solar India", Side.HOST)}
    Membership.objects.create(role=Role.PARTICIPANT, starts_on=APPOINTED_ON, **held)
    client.force_login(people.secretariat_host.user)
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/accounts/acting/?next=%2Fadmin%2F"
    client.post("/accounts/acting/", {"membership": people.secretariat_host.pk})
    assert client.get("/admin/").status_code == 200


def test_a_capacity_that_has_ended_opens_nothing(client: Client, people: Cast) -> None:
    Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=APPOINTED_ON)
    client.force_login(people.secretariat_host.user)
    assert client.get("/admin/login/?next=/admin/").status_code == 403


def test_an_account_that_is_closed_opens_nothing(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    User.objects.filter(pk=people.secretariat_host.user_id).update(is_active=False)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("page", ["password_change/", "jsi18n/"])
def test_pages_of_django_that_the_site_has_itself_are_not_there(page: str, client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    assert client.get(f"/admin/{page}").status_code == 404


def test_what_editions_fix_is_read_and_not_edited(client: Client, people: Cast) -> None:
    client.force_login(people.members_japan[0].user)
    text = client.get("/admin/editions/").content.decode()
    assert '<li value="1">Energy industries (renewable and non-renewable sources)</li>' in text
    assert "F_PDD" in text
    assert "<form method" not in text
    client.force_login(people.stranger.user)
    assert client.get("/admin/editions/").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "events/event/?reason__icontains=secret",
        "events/event/?data__icontains=secret",
        "accounts/user/?password__startswith=argon2",
        "idea_notes/ideanote/?host_concerns__icontains=secret",
        "composition/appointment/?person__password__startswith=argon2",
        "documents/documentversion/?membership_id=1",
    ],
)
def test_an_address_asks_nothing_of_columns_that_are_not_shown(path: str, client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    assert client.get(f"/admin/{path}").status_code == 400


def test_nothing_leads_past_the_lists_to_an_entry(client: Client, people: Cast) -> None:
    client.force_login(people.secretariat_host.user)
    assert client.get("/admin/r/1/1/").status_code == 404
