"""Authenticator apps, recovery codes and passkeys: set up, asked for, removed, and counted as credentials."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client

from apps.accounts.adapters import FactorsAdapter
from apps.accounts.kinds import Happening
from apps.accounts.models import AccountMail, Occurrence, Session, User
from tests.accounts.signing import (
    ACCOUNT,
    LOGIN,
    PASSWORD,
    SECRET,
    code,
    confirmed,
    signed_in,
    with_app,
    with_codes,
    with_passkey,
    with_password,
)  # fmt: skip
from tests.people import Cast

SECOND, APP, CODES = "/accounts/login/second/", "/accounts/app/", "/accounts/codes/"
PASSKEY = "/accounts/passkeys/add/"
WRONG = "The code is not right, or was used before. Wait for the next one and type it."

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(people: Cast) -> User:
    return with_password(people.members_host[0].user)


def number_of(user: User) -> int:
    return User.objects.values_list("credential", flat=True).get(pk=user.pk)


# --- The second step ------------------------------------------------------------------------------


def test_a_password_alone_opens_nothing_to_who_has_a_second_factor(client: Client, member: User) -> None:
    with_app(member)
    response = signed_in(client, member, next="/projects/?stage=1")
    assert (response.status_code, response["Location"]) == (302, SECOND)
    assert SESSION_KEY not in client.session
    assert client.get("/messages/")["Location"] == f"{LOGIN}?next=/messages/"
    assert client.get(SECOND).status_code == 200
    response = client.post(SECOND, {"code": code()})
    assert (response.status_code, response["Location"]) == (302, "/projects/?stage=1")
    assert client.session[SESSION_KEY] == str(member.pk)


def test_a_wrong_code_is_told_at_its_field(client: Client, member: User) -> None:
    with_app(member)
    signed_in(client, member)
    response = client.post(SECOND, {"code": "000000" if code() != "000000" else "000001"})
    assert (response.status_code, response.context["form"].errors["code"]) == (422, [WRONG])
    assert client.post(SECOND, {"code": ""}).status_code == 422
    assert client.post(SECOND, {"credential": "{}"}).status_code == 422, "no passkey is no passkey"
    assert SESSION_KEY not in client.session


def test_a_code_counts_once(client: Client, member: User) -> None:
    with_app(member)
    shown = code()
    signed_in(client, member)
    assert client.post(SECOND, {"code": shown}).status_code == 302
    other = Client()
    signed_in(other, member)
    assert other.post(SECOND, {"code": shown}).status_code == 422


def test_a_recovery_code_counts_once_and_is_told(client: Client, member: User) -> None:
    with_app(member)
    first, *_rest = with_codes(member)
    signed_in(client, member)
    assert client.post(SECOND, {"code": first}).status_code == 302
    assert [one.kind for one in Occurrence.objects.all()] == [Happening.CODE_USED]
    assert "A recovery code was used" in AccountMail.objects.get().subject
    other = Client()
    signed_in(other, member)
    assert other.post(SECOND, {"code": first}).status_code == 422


def test_nobody_comes_to_the_second_step_without_the_first(client: Client, member: User) -> None:
    with_app(member)
    assert client.get(SECOND)["Location"] == LOGIN
    assert client.post(SECOND, {"code": code()})["Location"] == LOGIN


def test_codes_are_tried_five_times_and_no_more(client: Client, member: User) -> None:
    with_app(member)
    signed_in(client, member)
    for _attempt in range(5):
        client.post(SECOND, {"code": "1"})
    response = client.post(SECOND, {"code": code()})
    assert response.context["form"].errors["code"] == [
        "Too many attempts. Wait five minutes, then try again; a passkey is always taken."
    ]
    assert SESSION_KEY not in client.session


def test_a_closed_account_is_not_opened_by_its_second_factor(client: Client, member: User) -> None:
    with_app(member)
    signed_in(client, member)
    User.objects.filter(pk=member.pk).update(is_active=False)
    client.post(SECOND, {"code": code()})
    assert SESSION_KEY not in client.session


# --- Setting up and removing ----------------------------------------------------------------------


def test_an_app_is_set_up_with_its_first_code_and_recovery_codes_are_shown_once(client: Client, member: User) -> None:
    client.force_login(member)
    elsewhere = Client()
    elsewhere.force_login(member)
    before = number_of(member)
    assert confirmed(client, APP)["Location"] == APP
    page = client.get(APP)
    secret = page.context["secret"].replace(" ", "")
    assert re.search("<svg", client.get("/accounts/app/picture.svg").content.decode())
    assert client.post(APP, {"code": "1"}).context["form"].errors["code"] == [WRONG]
    response = client.post(APP, {"code": code(secret)})
    assert response["Location"] == CODES
    shown = client.get(CODES).content.decode()
    codes = re.findall(r'<code class="jcm-hash">(\d{8})</code>', shown)
    assert len(codes) == 10
    assert codes[0] not in client.get(CODES).content.decode(), "never again"
    assert number_of(member) == before + 2, "the app and the codes"
    assert list(Session.objects.filter(user=member).values_list("session_key", flat=True)) == [client.session.session_key]
    assert [one.kind for one in Occurrence.objects.all()] == [Happening.APP_ADDED]
    assert client.get(APP)["Location"] == "/accounts/app/remove/"


def test_secrets_are_kept_encrypted(member: User, settings: Any) -> None:
    with_app(member)
    with_codes(member)
    kept = [str(one.data) for one in Authenticator.objects.all()]
    assert len(kept) == 2
    assert SECRET not in kept[0]
    assert kept[1].count("gAAAA") == 1
    hidden = FactorsAdapter().encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert FactorsAdapter().decrypt(hidden) == SECRET, "the key of the site may be replaced"


def test_removing_the_app_takes_the_recovery_codes_with_it(client: Client, member: User) -> None:
    with_app(member)
    with_codes(member)
    before = number_of(member)
    client.force_login(member)
    path = "/accounts/app/remove/"
    assert client.post(path).status_code == 403, "first it asks who it is"
    assert client.post(path, {"confirm-way": "code", "confirm-code": code()})["Location"] == path
    assert client.post(path)["Location"] == ACCOUNT
    assert not Authenticator.objects.exists()
    assert number_of(member) == before + 2
    assert Occurrence.objects.get().kind == Happening.APP_REMOVED


def test_new_recovery_codes_replace_the_old(client: Client, member: User) -> None:
    with_app(member)
    old = with_codes(member)
    client.force_login(member)
    path = "/accounts/codes/make/"
    client.post(path, {"confirm-way": "code", "confirm-code": code()})
    assert client.post(path)["Location"] == CODES
    assert not set(client.get(CODES).context["unused_codes"]) & set(old)
    assert Occurrence.objects.get().kind == Happening.CODES_MADE


def test_who_has_no_factor_makes_no_recovery_codes(client: Client, member: User) -> None:
    client.force_login(member)
    confirmed(client, "/accounts/codes/make/")
    assert client.post("/accounts/codes/make/").status_code == 422
    assert client.get(CODES).status_code == 404
    assert not Authenticator.objects.exists()


def test_nobody_removes_the_passkey_of_another(client: Client, member: User, people: Cast) -> None:
    other = with_passkey(people.members_japan[0].user)
    client.force_login(member)
    path = f"/accounts/passkeys/{other.pk}/remove/"
    confirmed(client, path)
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    assert Authenticator.objects.filter(pk=other.pk).exists()


NO_KEYS = [
    "", "{}", "[]", "no JSON", "1", '"x"', "null", '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
    ('{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA",'
    ' "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}'),
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "_w", "attestationObject": "_w",'
    ' "authenticatorData": "' + "A" * 60 + '", "signature": "AA", "userHandle": "_w"}}',
]  # fmt: skip


@pytest.mark.parametrize("sent", NO_KEYS)
def test_what_is_no_passkey_is_refused(sent: str, client: Client, member: User) -> None:
    client.force_login(member)
    confirmed(client, PASSKEY)
    client.get(PASSKEY)
    assert client.post(PASSKEY, {"name": "Laptop", "credential": sent}).status_code == 422
    assert client.post("/accounts/login/passkey/", {"credential": sent}).status_code == 302
    assert not Authenticator.objects.exists()
    fresh = Client()
    fresh.get("/accounts/login/passkey/", headers={"x-requested-with": "XMLHttpRequest"})
    assert fresh.post("/accounts/login/passkey/", {"credential": sent})["Location"] == LOGIN
    assert SESSION_KEY not in fresh.session


# --- Factors are credentials ----------------------------------------------------------------------


def test_the_database_counts_each_factor_whoever_writes_it(member: User) -> None:
    counts = [number_of(member)]
    key = with_passkey(member)
    counts.append(number_of(member))
    key.record_usage()
    key.data["name"] = "Desk"
    key.save()
    counts.append(number_of(member))
    Authenticator.objects.filter(pk=key.pk).update(data={"name": "Desk", "credential": {"id": "of another"}})
    counts.append(number_of(member))
    with connection.cursor() as cursor:
        cursor.execute("delete from mfa_authenticator where id = %s", [key.pk])
    counts.append(number_of(member))
    linked = SocialAccount.objects.create(user=member, provider="meti", uid="1")
    counts.append(number_of(member))
    SocialAccount.objects.filter(pk=linked.pk).update(extra_data={"name": "x"})
    counts.append(number_of(member))
    linked.delete()
    counts.append(number_of(member))
    assert [after - counts[0] for after in counts] == [0, 1, 1, 2, 3, 4, 4, 5]


def test_a_used_recovery_code_is_no_other_credential(client: Client, member: User) -> None:
    with_app(member)
    first, *_rest = with_codes(member)
    before = number_of(member)
    signed_in(client, member)
    client.post(SECOND, {"code": first})
    assert client.session[SESSION_KEY]
    assert number_of(member) == before


def test_a_passkey_that_changes_hands_counts_for_both(member: User, people: Cast) -> None:
    other = people.members_japan[0].user
    key = with_passkey(member)
    before = number_of(member), number_of(other)
    Authenticator.objects.filter(pk=key.pk).update(user=other)
    assert (number_of(member), number_of(other)) == (before[0] + 1, before[1] + 1)


# --- Who needs two --------------------------------------------------------------------------------


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("name", ["co_chair_japan", "secretariat_host", "government_host", "registry_japan"])
def test_who_holds_an_office_sets_up_a_factor_first(name: str, client: Client, people: Cast) -> None:
    client.force_login(getattr(people, name).user)
    for path in ("/messages/", "/projects/", "/admin/"):
        assert client.get(path)["Location"] == ACCOUNT, path
    page = client.get(ACCOUNT)
    assert "Set up a second factor before you go on" in page.content.decode()
    assert client.post("/accounts/logout/").status_code == 302


@pytest.mark.usefixtures("required")
def test_an_administrator_needs_two_and_a_participant_none(client: Client, people: Cast) -> None:
    client.force_login(User.objects.create_superuser("root@example.org", PASSWORD, name="Root"))
    assert client.get("/admin/")["Location"] == ACCOUNT
    client.force_login(people.participant_host.user)
    assert client.get("/messages/").status_code == 200
    assert "A second factor is offered to you" in client.get(ACCOUNT).content.decode()


@pytest.mark.usefixtures("required")
def test_a_session_without_the_factor_is_asked_for_it(client: Client, member: User) -> None:
    """As one that was begun before the factor was set up, or by another way."""
    with_app(member)
    client.force_login(member)
    asked = client.get("/messages/")
    assert "Show that it is you" in asked.content.decode()
    assert client.post("/messages/", {"confirm-way": "code", "confirm-code": code()})["Location"] == "/messages/"
    assert "Show that it is you" not in client.get("/messages/").content.decode()


@pytest.mark.usefixtures("required")
def test_signing_in_with_both_lets_pass_at_once(client: Client, member: User) -> None:
    with_app(member)
    signed_in(client, member, next="/messages/")
    assert client.post(SECOND, {"code": code()})["Location"] == "/messages/"
    assert "Show that it is you" not in client.get("/messages/").content.decode()


@pytest.mark.usefixtures("required")
def test_setting_one_up_lets_pass(client: Client, member: User) -> None:
    signed_in(client, member)
    confirmed(client, APP)
    secret = client.get(APP).context["secret"].replace(" ", "")
    client.post(APP, {"code": code(secret)})
    assert client.get(CODES).status_code == 200
    assert client.get("/messages/").status_code == 200


def test_without_https_factors_are_offered() -> None:
    assert settings.SECOND_FACTOR == "offered"


def test_the_own_page_takes_few_queries(client: Client, member: User, django_assert_max_num_queries: Any) -> None:
    client.force_login(member)
    with_app(member)
    with_codes(member)
    for number in range(3):
        with_passkey(member, f"Key {number}")
        Client().force_login(member)
    client.get(ACCOUNT)
    with django_assert_max_num_queries(12) as few:
        client.get(ACCOUNT)
    for number in range(10):
        with_passkey(member, f"More {number}")
        Client().force_login(member)
    with django_assert_max_num_queries(len(few)):
        page = client.get(ACCOUNT)
    assert len(page.context["sessions"]) == 14
    assert "10 not used" in page.content.decode()
