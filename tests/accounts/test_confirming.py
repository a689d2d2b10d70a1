"""Before a grave act somebody shows anew that it is them; whoever has nothing to show it with does not pass."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from apps.accounts.kinds import CONFIRMED_FOR, SIGNED_IN_FOR
from apps.accounts.middleware import mark_confirmed
from apps.accounts.middleware.confirming import ways_of
from apps.accounts.models import Session, User
from apps.composition.models import Appointment
from apps.core import clock
from tests.accounts.signing import ACCOUNT, LOGIN, PASSWORD, code, confirmed, signed_in, with_app, with_codes, with_password
from tests.people import Cast

PASSWORD_PAGE = "/accounts/password/"
CREDENTIALS = ["/accounts/password/", "/accounts/passkeys/add/", "/accounts/app/", "/accounts/codes/make/", "/accounts/codes/"]
NOMINATION = "/appointment/new/nominate/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(people: Cast) -> User:
    return with_password(people.secretariat_host.user)


def older(client: Client, seconds: int) -> None:
    """The session of a client as it will be then."""
    session = client.session
    for name in ("confirmed_at",):
        if name in session:
            session[name] -= seconds
            session.save()
    row = Session.objects.get(pk=session.session_key)
    Session.objects.filter(pk=row.pk).update(started_at=row.started_at - timedelta(seconds=seconds))


def nomination(people: Cast, **more: str) -> dict[str, Any]:
    return {
        "title": "A new member", "side": "host", "person": people.stranger.user_id, "role": "member", "acts_for": "", "reason": "",
        "organisation": people.secretariat_host.organisation_id, "acting": people.secretariat_host.pk, "version": 0,
        "idempotency_key": str(uuid4()), "confirm": "yes", **more,
    }  # fmt: skip


def opened(client: Client, people: Cast, **more: str) -> Any:
    """The answer to a nomination that is confirmed on its check page."""
    return client.post(NOMINATION, nomination(people, **more))


# --- Credentials ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CREDENTIALS)
def test_having_just_signed_in_is_not_enough_to_change_a_credential(path: str, client: Client, secretary: User) -> None:
    signed_in(client, secretary)
    page = client.get(path)
    assert (page.status_code, page.context["form"].ways) == (200, ["password"])
    assert client.post(path, {"password": "another long password", "code": "1"}).status_code == 403
    secretary.refresh_from_db()
    assert secretary.check_password(PASSWORD)


def test_a_password_shows_it_and_leads_on_for_some_minutes(client: Client, secretary: User) -> None:
    signed_in(client, secretary)
    response = confirmed(client, PASSWORD_PAGE)
    assert (response.status_code, response["Location"]) == (302, PASSWORD_PAGE)
    assert "new-password" in client.get(PASSWORD_PAGE).content.decode()
    older(client, CONFIRMED_FOR + 1)
    assert client.get(PASSWORD_PAGE).context["form"].ways == ["password"]


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"confirm-way": "password", "confirm-password": "wrong"}, "password", "This is not your password"),
        ({"confirm-way": "password"}, "password", "Type your password"),
        ({"confirm-way": "code", "confirm-code": "1"}, "__all__", "Nothing was shown. Use one of the ways on this page."),
        (
            {"confirm-way": "passkey", "confirm-credential": "{}"},
            "__all__",
            "Nothing was shown. Use one of the ways on this page.",
        ),
        ({"confirm-way": "clean"}, "__all__", "Nothing was shown. Use one of the ways on this page."),
    ],
)
def test_what_does_not_show_it_is_told(sent: dict[str, str], field: str, words: str, client: Client, secretary: User) -> None:
    signed_in(client, secretary)
    response = client.post(PASSWORD_PAGE, sent)
    assert (response.status_code, response.context["form"].errors) == (403, {field: [words]})
    assert "confirmed_at" not in client.session


def test_the_password_of_another_shows_nothing(client: Client, secretary: User, people: Cast) -> None:
    other = people.members_japan[0].user
    other.set_password("the password of another person")
    other.save()
    signed_in(client, secretary)
    sent = {"confirm-way": "password", "confirm-password": "the password of another person", "username": other.email}
    assert client.post(PASSWORD_PAGE, sent).status_code == 403


def test_who_has_a_factor_shows_it_by_that_and_not_by_the_password(client: Client, secretary: User) -> None:
    with_app(secretary)
    client.force_login(secretary)
    assert client.get(PASSWORD_PAGE).context["form"].ways == ["code"]
    assert confirmed(client, PASSWORD_PAGE).status_code == 403
    wrong = client.post(PASSWORD_PAGE, {"confirm-way": "code", "confirm-code": "1"})
    assert list(wrong.context["form"].errors) == ["code"]
    assert client.post(PASSWORD_PAGE, {"confirm-way": "code", "confirm-code": code()})["Location"] == PASSWORD_PAGE


def test_codes_are_tried_five_times_and_no_more(client: Client, secretary: User) -> None:
    with_app(secretary)
    client.force_login(secretary)
    for _attempt in range(5):
        client.post(PASSWORD_PAGE, {"confirm-way": "code", "confirm-code": "1"})
    assert client.post(PASSWORD_PAGE, {"confirm-way": "code", "confirm-code": code()}).status_code == 403


@pytest.mark.parametrize("setting", ["required", "offered"])
def test_who_has_neither_password_nor_factor_does_not_pass(setting: str, client: Client, secretary: User, settings: Any) -> None:
    """The library's own check is silently passed by exactly these people."""
    settings.SECOND_FACTOR = setting
    secretary.set_unusable_password()
    secretary.save()
    client.force_login(secretary)
    page = client.get(PASSWORD_PAGE)
    assert page.context["form"].ways == []
    assert "neither a password nor a second factor" in page.content.decode()
    for way in ("password", "code", "passkey", ""):
        sent = {"confirm-way": way, "confirm-password": "", "confirm-code": "", "confirm-credential": ""}
        assert client.post(PASSWORD_PAGE, sent).status_code == 403, way
    assert client.post("/accounts/passkeys/add/", {"credential": "{}"}).status_code == 403


def test_nobody_shows_it_on_the_page_of_another_site(secretary: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    assert confirmed(client, PASSWORD_PAGE).status_code == 403
    assert "confirmed_at" not in client.session


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(PASSWORD_PAGE)["Location"] == f"{LOGIN}?next={PASSWORD_PAGE}"


# --- Grave acts -----------------------------------------------------------------------------------


def test_where_factors_are_offered_having_signed_in_lately_counts_for_an_act(
    client: Client, people: Cast, secretary: User
) -> None:
    client.force_login(secretary)
    assert opened(client, people).status_code == 302
    assert Appointment.objects.count() == 1


def test_later_it_is_asked_and_nothing_of_what_was_written_is_lost(client: Client, people: Cast, secretary: User) -> None:
    client.force_login(secretary)
    older(client, SIGNED_IN_FOR + 1)
    asked = opened(client, people)
    assert (asked.status_code, Appointment.objects.count()) == (403, 0)
    carried = dict(asked.context["carried"])
    assert carried["person"] == str(people.stranger.user_id)
    assert "csrfmiddlewaretoken" not in carried
    wrong = client.post(NOMINATION, {**carried, "confirm-goes-on": "yes", "confirm-way": "password", "confirm-password": "wrong"})
    assert (wrong.status_code, dict(wrong.context["carried"])) == (403, carried)
    taken = confirmed(client, NOMINATION, **carried, **{"confirm-goes-on": "yes"})
    assert (taken.status_code, Appointment.objects.count()) == (302, 1)


def test_where_factors_are_required_having_signed_in_counts_for_nothing(
    client: Client, people: Cast, secretary: User, settings: Any
) -> None:
    settings.SECOND_FACTOR = "required"
    with_app(secretary)
    spare, *_rest = with_codes(secretary)
    signed_in(client, secretary)
    client.post("/accounts/login/second/", {"code": code()})
    asked = opened(client, people)
    assert (asked.status_code, asked.context["form"].ways, Appointment.objects.count()) == (403, ["code"], 0)
    sent = {"confirm-goes-on": "yes", "confirm-way": "code", "confirm-code": spare}
    assert client.post(NOMINATION, {**dict(asked.context["carried"]), **sent}).status_code == 302
    assert Appointment.objects.count() == 1


def test_a_password_alone_does_for_no_act_where_factors_are_required(client: Client, secretary: User, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    assert (ways_of(secretary, is_grave=True), ways_of(secretary, is_grave=False)) == ([], ["password"])


def test_it_is_marked_by_the_machines_clock(client: Client, secretary: User) -> None:
    client.force_login(secretary)
    request = client.get(ACCOUNT).wsgi_request
    mark_confirmed(request)
    assert abs(request.session["confirmed_at"] - clock.of_the_machine().timestamp()) < 60
