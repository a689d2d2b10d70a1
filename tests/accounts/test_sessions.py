"""Sessions: whose each is, how long it lasts, ended from elsewhere; passwords changed and forgotten; the language of a person."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY, hashers
from django.contrib.auth.tokens import default_token_generator
from django.test import Client

from apps.accounts.kinds import Happening
from apps.accounts.models import AccountMail, Occurrence, Session, User
from apps.accounts.render import browser_words
from apps.accounts.services import forget_sessions
from apps.core import clock
from apps.notifications.services.mailing import send_account_mails
from tests.accounts.signing import (
    ACCOUNT,
    LOGIN,
    PASSWORD,
    confirmed,
    links,
    signed_in,
    with_app,
    with_password,
)  # fmt: skip
from tests.people import Cast

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
NEW = "four words nobody else has"
FORGOTTEN, SENT, HERE = "/accounts/password/forgotten/", "/accounts/password/sent/", "/accounts/password/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(people: Cast) -> User:
    return with_password(people.members_host[0].user)


@pytest.fixture
def participant(people: Cast) -> User:
    return with_password(people.participant_host.user)


def row_of(client: Client) -> Session:
    return Session.objects.get(pk=client.session.session_key)


def unused_for(client: Client, **how_long: float) -> None:
    Session.objects.filter(pk=row_of(client).pk).update(seen_at=clock.of_the_machine() - timedelta(**how_long))


# --- How long -------------------------------------------------------------------------------------


def test_a_session_knows_whose_it_is_and_when_it_ends(client: Client, member: User) -> None:
    client.post(LOGIN, {"username": member.email, "password": PASSWORD}, headers={"user-agent": FIREFOX})
    row = row_of(client)
    assert (row.user_id, browser_words(row.agent)) == (member.pk, "Firefox, Windows")
    assert row.expire_date - row.started_at == timedelta(hours=12)


def test_no_use_prolongs_it_beyond_its_hours(client: Client, member: User) -> None:
    client.force_login(member)
    began = row_of(client).started_at
    session = client.session
    session["something"] = "new"
    session.save()
    assert (row_of(client).started_at, row_of(client).expire_date) == (began, began + timedelta(hours=12))
    Session.objects.update(expire_date=clock.of_the_machine() - timedelta(seconds=1))
    assert client.get(ACCOUNT)["Location"] == f"{LOGIN}?next={ACCOUNT}"


@pytest.mark.parametrize(("who", "minutes"), [("member", 30), ("participant", 60)])
def test_who_is_away_too_long_is_signed_out_and_told(who: str, minutes: int, client: Client, settings: Any, request: Any) -> None:
    settings.SESSION_MINUTES_OF_OFFICES = 30
    client.force_login(request.getfixturevalue(who))
    unused_for(client, minutes=minutes - 1)
    assert client.get(ACCOUNT).status_code == 200
    assert clock.of_the_machine() - row_of(client).seen_at < timedelta(minutes=1), "the use is noted"
    unused_for(client, minutes=minutes, seconds=1)
    left = client.get(ACCOUNT)
    assert left["Location"] == f"{LOGIN}?next={ACCOUNT}"
    assert SESSION_KEY not in client.session
    assert f"You were signed out after {minutes} minutes without use." in client.get(LOGIN).content.decode()


def test_who_was_away_posts_nothing(client: Client, member: User) -> None:
    client.force_login(member)
    unused_for(client, hours=2)
    assert client.post("/accounts/sessions/", {})["Location"] == f"{LOGIN}?next=/accounts/sessions/"
    assert not Occurrence.objects.exists()


def test_sessions_that_have_ended_are_forgotten(client: Client, member: User) -> None:
    other = Client()
    for one in (client, other):
        one.force_login(member)
    Session.objects.filter(pk=row_of(other).pk).update(expire_date=clock.of_the_machine() - timedelta(seconds=1))
    assert (forget_sessions(), forget_sessions()) == (1, 0)
    assert Session.objects.get() == row_of(client)


def test_signing_in_begins_another_session(client: Client, member: User) -> None:
    client.get(LOGIN)
    client.session["x"] = 1
    before = client.session.session_key
    signed_in(client, member)
    assert client.session.session_key != before
    assert Session.objects.filter(user=member).count() == 1


# --- Elsewhere ------------------------------------------------------------------------------------


def test_one_signs_out_in_another_browser(client: Client, member: User, people: Cast) -> None:
    other, third, stranger = Client(), Client(), Client()
    for one in (client, other, third):
        one.force_login(member)
    stranger.force_login(people.stranger.user)
    page = client.get(ACCOUNT)
    assert [one["is_here"] for one in page.context["sessions"]].count(True) == 1
    assert row_of(other).session_key not in page.content.decode(), "the key alone would let anybody in"
    assert client.post("/accounts/sessions/", {"session": row_of(stranger).public_id}).status_code == 404
    assert client.post("/accounts/sessions/", {"session": row_of(other).public_id})["Location"] == ACCOUNT
    assert other.get(ACCOUNT).status_code == 302
    assert (client.get(ACCOUNT).status_code, third.get(ACCOUNT).status_code, stranger.get(ACCOUNT).status_code) == (200, 200, 200)
    client.post("/accounts/sessions/")
    assert (client.get(ACCOUNT).status_code, third.get(ACCOUNT).status_code, stranger.get(ACCOUNT).status_code) == (200, 302, 200)
    assert [one.kind for one in Occurrence.objects.all()] == [Happening.SIGNED_OUT] * 2
    assert client.get("/accounts/sessions/").status_code == 405


# --- Passwords ------------------------------------------------------------------------------------


def test_a_changed_password_ends_every_other_session_and_is_told(client: Client, member: User) -> None:
    other = Client()
    for one in (client, other):
        one.force_login(member)
    confirmed(client, HERE)
    for weak in ("", "short", "password12345", "123456789012", "indian.member.1"):
        response = client.post(HERE, {"password": weak})
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["password"]), weak
    before = User.objects.get(pk=member.pk).credential
    assert client.post(HERE, {"password": NEW})["Location"] == ACCOUNT
    assert (client.get(ACCOUNT).status_code, other.get(ACCOUNT).status_code) == (200, 302)
    member.refresh_from_db()
    assert (member.check_password(NEW), member.credential) == (True, before + 1)
    mail = AccountMail.objects.get()
    assert (mail.address, mail.subject) == (member.email, "[JCM IN-JP] Your account: The password was changed")


def test_a_forgotten_password_is_set_anew_once(client: Client, member: User) -> None:
    other = Client()
    other.force_login(member)
    assert client.post(FORGOTTEN, {"email": member.email.upper()})["Location"] == SENT
    path = links(member.email)[0]
    page = client.get(path)
    assert page["Location"] == re.sub("[^/]+/$", "set-password/", path), "the secret leaves the address bar"
    assert client.post(page["Location"], {"password": "short"}).status_code == 422
    response = client.post(page["Location"], {"password": NEW})
    assert response["Location"] == LOGIN
    assert SESSION_KEY not in client.session, "it signs nobody in"
    assert other.get(ACCOUNT).status_code == 302
    assert User.objects.get(pk=member.pk).check_password(NEW)
    assert [one.kind for one in Occurrence.objects.all()] == [Happening.PASSWORD_RESET]
    again = Client().get(path)
    assert (again.status_code, again.context["validlink"]) == (200, False)


def test_a_reset_goes_past_no_second_factor(client: Client, member: User) -> None:
    with_app(member)
    client.post(FORGOTTEN, {"email": member.email})
    form = client.get(links(member.email)[0])["Location"]
    client.post(form, {"password": NEW})
    assert client.post(LOGIN, {"username": member.email, "password": NEW})["Location"] == "/accounts/login/second/"
    assert SESSION_KEY not in client.session


def test_the_link_is_good_for_an_hour(client: Client, member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    now = default_token_generator._now()
    client.post(FORGOTTEN, {"email": member.email})
    path = links(member.email)[0]
    monkeypatch.setattr(default_token_generator, "_now", lambda: now + timedelta(seconds=3_605))
    assert client.get(path).context["validlink"] is False


def test_nobody_learns_who_has_an_account(client: Client, member: User) -> None:
    closed = User.objects.create_user("closed@example.org", PASSWORD, name="Closed", is_active=False)
    answers = set()
    for address in (member.email, "nobody@example.org", closed.email):
        response = client.post(FORGOTTEN, {"email": address})
        answers.add((response.status_code, response["Location"], len(response.content), tuple(sorted(response.headers))))
    assert len(answers) == 1
    assert [one.address for one in AccountMail.objects.all()] == [member.email]
    assert client.post(FORGOTTEN, {"email": "no address"}).status_code == 422


def test_a_wrong_address_takes_as_long_as_a_wrong_password(client: Client, member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash is computed in either case: counted, since a clock would flicker."""
    made: list[str] = []
    hasher = type(hashers.get_hasher())
    encode, verify = hasher.encode, hasher.verify
    monkeypatch.setattr(hasher, "encode", lambda self, *a, **k: made.append("hash") or encode(self, *a, **k))
    monkeypatch.setattr(hasher, "verify", lambda self, *a, **k: made.append("hash") or verify(self, *a, **k))
    counts = []
    for address in (member.email, "nobody@example.org"):
        made.clear()
        client.post(LOGIN, {"username": address, "password": "wrong"})
        counts.append(len(made))
    assert counts == [1, 1]


def test_links_are_asked_for_five_times_a_minute_and_no_more(client: Client, member: User) -> None:
    for _attempt in range(5):
        assert client.post(FORGOTTEN, {"email": member.email}).status_code == 302
    assert client.post(FORGOTTEN, {"email": member.email.upper()}).status_code == 429
    assert AccountMail.objects.count() == 5


# --- Attempts -------------------------------------------------------------------------------------


def test_passwords_are_tried_five_times_from_one_place_and_no_more(client: Client, member: User) -> None:
    for _attempt in range(5):
        client.post(LOGIN, {"username": member.email, "password": "wrong"})
    response = signed_in(client, member)
    assert (response.status_code, response.context["form"].non_field_errors()) == (
        422, ["Too many attempts. Wait five minutes, then try again; a passkey is always taken."],
    )  # fmt: skip
    elsewhere = client.post(LOGIN, {"username": member.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302, "a stranger's failures keep nobody else out"


def test_one_place_does_not_try_many_people(client: Client, member: User) -> None:
    statuses = [client.post(LOGIN, {"username": f"p{n}@example.org", "password": "wrong"}).status_code for n in range(22)]
    assert statuses == [422] * 22
    assert "Too many attempts" in signed_in(client, member).content.decode()
    assert SESSION_KEY not in client.session


# --- Mails ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_mail_goes_out_once_and_its_words_are_forgotten(client: Client, member: User, mailoutbox: Any) -> None:
    client.post(FORGOTTEN, {"email": member.email})
    assert (send_account_mails(), send_account_mails()) == (1, 0)
    [sent] = mailoutbox
    mail = AccountMail.objects.get()
    assert (sent.to, sent.subject, sent.body.count("/accounts/password/new/")) == (
        [member.email],
        "[JCM IN-JP] Set a new password",
        1,
    )
    assert (mail.text, mail.attempts, mail.sent_at is not None) == ("", 1, True)
    assert sent.extra_headers["Message-ID"] == f"<account-{mail.pk}@localhost>"
    client.post(FORGOTTEN, {"email": member.email})
    AccountMail.objects.filter(sent_at=None).update(ends_at=clock.now() - timedelta(seconds=1))
    assert send_account_mails() == 0, "what is worth nothing any more is not sent"


# --- Language -------------------------------------------------------------------------------------


def test_a_language_is_remembered_for_the_person_and_the_browser(client: Client, member: User) -> None:
    client.force_login(member)
    response = client.post("/i18n/setlang/", {"language": "ja", "next": ACCOUNT})
    assert (response["Location"], response.cookies["language"].value) == (ACCOUNT, "ja")
    assert User.objects.get(pk=member.pk).language == "ja"
    other = Client()
    assert signed_in(other, member).cookies["language"].value == "ja"
    chosen = Client()
    chosen.cookies["language"] = "hi"
    assert "language" not in signed_in(chosen, member).cookies, "what this browser has chosen stays"
    client.post("/i18n/setlang/", {"language": "xx", "next": ACCOUNT})
    assert User.objects.get(pk=member.pk).language == "ja"
    assert Client().post("/i18n/setlang/", {"language": "hi", "next": LOGIN}).cookies["language"].value == "hi"
    assert client.get("/i18n/setlang/").status_code == 405


# --- Administrators -------------------------------------------------------------------------------


def test_the_administration_shows_nothing_that_people_sign_in_with(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root@example.org", PASSWORD, name="Root"))
    index = client.get("/admin/").content.decode()
    assert [name for name in ("/mfa/", "/socialaccount/", "/admin/account/") if name in index] == []


def test_the_admin_has_no_sign_in_of_its_own(client: Client) -> None:
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == f"{LOGIN}?next=/admin/"
    assert client.post("/admin/login/", {"username": "x", "password": "x"})["Location"] == f"{LOGIN}?next=/admin/"


def test_a_sign_that_somebody_is_there_keeps_their_session(client: Client, member: User) -> None:
    assert client.get("/accounts/stay/").status_code == 302
    client.force_login(member)
    Session.objects.update(seen_at=clock.of_the_machine() - timedelta(minutes=20))
    assert client.get("/accounts/stay/").status_code == 204
    assert clock.of_the_machine() - Session.objects.get().seen_at < timedelta(minutes=1)
