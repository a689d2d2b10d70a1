"""Signing in through a ministry: for people who have an account, at verified addresses that the ministry vouches for, and nobody else."""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import SESSION_KEY
from django.test import Client

from apps.accounts.kinds import Happening
from apps.accounts.models import Occurrence, User
from jcm import environ, sign_in
from tests.accounts.signing import LOGIN, with_app
from tests.people import Cast

THROUGH = "/accounts/through/meti/"
NOT_TAKEN = "sign-in opened no account here"
WELL_KNOWN = {
    "issuer": "https://sso.example", "authorization_endpoint": "https://sso.example/authorize",
    "token_endpoint": "https://sso.example/token", "userinfo_endpoint": "https://sso.example/userinfo",
    "jwks_uri": "https://sso.example/keys",
}  # fmt: skip

pytestmark = pytest.mark.django_db


class Answer:
    """What the ministry answers to the site."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said, self.status_code, self.headers = said, 200, {"content-type": "application/json"}
        self.text = str(said)

    def json(self) -> dict[str, Any]:
        return self.said

    def raise_for_status(self) -> None:
        """It always answers."""


class Ministry:
    """A ministry's sign-in as the site talks to it, without a network."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing is open."""

    def get(self, url: str, **_more: Any) -> Answer:
        return Answer(self.person if url.endswith("/userinfo") else WELL_KNOWN)

    def request(self, _method: str, url: str, **_more: Any) -> Answer:
        assert url == WELL_KNOWN["token_endpoint"]
        return Answer({"access_token": "x", "token_type": "Bearer"})


@pytest.fixture
def ministry(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Ministry:
    made = Ministry()
    provider = sign_in.Provider("meti", "Ministry of Japan", "https://sso.example", "jcm", "secret", ("example.org",))
    settings.SIGN_IN_THROUGH = [provider]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider.as_app()]}}
    monkeypatch.setattr("apps.accounts.adapters.MinistryAdapter.get_requests_session", lambda _self: made)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "basic_auth", False)
    return made


@pytest.fixture
def member(people: Cast) -> User:
    return people.members_japan[0].user


def came(client: Client, ministry: Ministry, *, then: str = "", **person: Any) -> Any:
    """The answer to somebody who comes back from the ministry."""
    ministry.person = {"sub": "17", "email_verified": True, **person}
    asked = client.get(f"{THROUGH}{then}")
    state = parse_qs(urlsplit(asked["Location"]).query)["state"][0]
    return client.get(f"{THROUGH}callback/", {"code": "x", "state": state})


def test_who_has_an_account_is_connected_once_and_signed_in(client: Client, ministry: Ministry, member: User) -> None:
    assert f"{THROUGH}" in client.get(LOGIN).content.decode()
    asked = client.get(f"{THROUGH}")
    query = parse_qs(urlsplit(asked["Location"]).query)
    assert asked["Location"].startswith("https://sso.example/authorize?")
    assert (query["client_id"], query["scope"], query["code_challenge_method"]) == (["jcm"], ["openid profile email"], ["S256"])
    before = member.credential
    response = came(client, ministry, then="?next=/projects/", email=member.email.upper())
    assert (response.status_code, response["Location"]) == (302, "/projects/")
    assert client.session[SESSION_KEY] == str(member.pk)
    member.refresh_from_db()
    assert member.credential == before + 1, "a credential like any other"
    assert member.has_usable_password() is True, "and no other was touched"
    again = Client()
    came(again, ministry, email=member.email)
    assert again.session[SESSION_KEY] == str(member.pk)
    assert SocialAccount.objects.get().uid == "17"
    assert [one.kind for one in Occurrence.objects.all()] == [Happening.LINKED]


@pytest.mark.parametrize(
    "person",
    [{"email": "nobody@example.org"}, {"email_verified": False}, {"email_verified": None}, {"email": None}, {"email": ""},
     {"email": "japanese.member.1@elsewhere.example"}, {"email": "japanese.member.1@sub.example.org"},
     {"email": "japanese.member.1@example.org.elsewhere.example"}],
)  # fmt: skip
def test_nobody_else_comes_in_and_no_account_is_made(
    person: dict[str, Any], client: Client, ministry: Ministry, member: User
) -> None:
    accounts = User.objects.count()
    response = came(client, ministry, **{"email": member.email, **person})
    assert response["Location"] == LOGIN
    assert NOT_TAKEN in client.get(LOGIN).content.decode()
    assert SESSION_KEY not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (accounts, 0)


def test_a_ministry_vouches_for_its_own_people_alone(client: Client, ministry: Ministry, people: Cast) -> None:
    other = people.members_host[0].user
    User.objects.filter(pk=other.pk).update(email="member@power.example")
    came(client, ministry, email="member@power.example")
    assert SESSION_KEY not in client.session


def test_a_successor_with_the_same_address_gets_no_account_with_it(client: Client, ministry: Ministry, member: User) -> None:
    came(client, ministry, email=member.email)
    successor = Client()
    came(successor, ministry, email=member.email, sub="18")
    assert SESSION_KEY not in successor.session
    assert SocialAccount.objects.count() == 1


def test_a_closed_account_stays_closed(client: Client, ministry: Ministry, member: User) -> None:
    came(client, ministry, email=member.email)
    User.objects.filter(pk=member.pk).update(is_active=False)
    later = Client()
    came(later, ministry, email=member.email)
    assert SESSION_KEY not in later.session


def test_a_second_factor_is_asked_as_ever(client: Client, ministry: Ministry, member: User) -> None:
    with_app(member)
    assert came(client, ministry, email=member.email)["Location"] == "/accounts/login/second/"
    assert SESSION_KEY not in client.session


def test_nobody_connects_the_account_of_another_to_their_own(
    client: Client, ministry: Ministry, member: User, people: Cast
) -> None:
    client.force_login(people.stranger.user)
    came(client, ministry, then="?process=connect", email=member.email)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"code": "x"}, {"code": "x", "state": "unknown"}, {"error": "access_denied"}])
def test_an_answer_that_nobody_asked_for_opens_nothing(sent: dict[str, str], client: Client, ministry: Ministry) -> None:
    assert client.get(f"{THROUGH}callback/", sent)["Location"] == LOGIN
    assert client.get("/accounts/through/other/").status_code == 404


def test_without_a_ministry_there_is_no_such_way(client: Client) -> None:
    assert client.get(f"{THROUGH}").status_code == 404
    assert "Or through your organisation" not in client.get(LOGIN).content.decode()


# --- The variables --------------------------------------------------------------------------------

SAID = {
    "SIGN_IN_THROUGH": "meti", "SIGN_IN_METI_NAME": "Ministry", "SIGN_IN_METI_ISSUER": "https://sso.example",
    "SIGN_IN_METI_CLIENT_ID": "jcm", "SIGN_IN_METI_SECRET": "s", "SIGN_IN_METI_DOMAINS": "@Meti.example  go.example",
}  # fmt: skip


def test_a_ministry_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sign_in.providers() == []
    for name, value in SAID.items():
        monkeypatch.setenv(name, value)
    [one] = sign_in.providers()
    assert (one.key, one.issuer, one.domains) == ("meti", "https://sso.example", ("meti.example", "go.example"))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("SIGN_IN_METI_SECRET", " ", "SIGN_IN_METI_SECRET must be set"), ("SIGN_IN_METI_DOMAINS", "", "SIGN_IN_METI_DOMAINS must be set"),
     ("SIGN_IN_METI_ISSUER", "http://sso.example", "must begin with https://"), ("SIGN_IN_THROUGH", "ME-TI", "small letters and digits")],
)  # fmt: skip
def test_a_variable_that_cannot_be_used_is_named(name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for one, said in {**SAID, name: value}.items():
        monkeypatch.setenv(one, said)
    with pytest.raises(environ.Misconfigured, match=words):
        sign_in.providers()
