"""The inbox, a message, the choice of what comes by mail: one's own only, in few queries whatever their number."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.notifications.kinds import Kind
from apps.notifications.models import Mail, Message, Preference
from apps.notifications.selectors import wants_mail
from apps.notifications.services import choose
from tests.committee.ballots import circulated, registering
from tests.notifications.posting import deliver, latest
from tests.pages.looking import Looking, sign_in
from tests.people import APPOINTED_ON, Cast, cast
from tests.probe.models import Probe
from tests.probe.services import lodged
from tests.unfinished import unfinished

pytestmark = pytest.mark.django_db
BUDGET = 12
TAG = re.compile(r"<[^>]+>")


def words(page: Any) -> str:
    """What a page says, without its tags."""
    return " ".join(unescape(TAG.sub(" ", unfinished(page.content.decode()))).split())


@pytest.fixture
def reader(people: Cast, probe: Probe, client: Client) -> Membership:
    """A member who is asked for an answer, signed in."""
    circulated(people, registering(probe))
    deliver()
    client.force_login(people.members_host[0].user)
    return people.members_host[0]


def test_the_inbox_has_the_unread_first_by_day(people: Cast, client: Client, time: Rehearsal) -> None:
    for _ in range(2):
        lodged(people.participant_host)
        deliver()
        time.move_to(clock.now() + timedelta(days=1))
    client.force_login(people.participant_host.user)
    first, second = Message.objects.order_by("created_at")
    client.get(second.get_absolute_url())
    page = client.get("/messages/")
    found = [(one.is_read, one.on.isoformat(), [entry.message for entry in one.entries]) for one in page.context["days"]]
    assert found == [(False, "2027-03-01", [first]), (True, "2027-03-02", [second])]
    assert "1 message is unread" in words(page)
    assert "Messages (1)" in words(page)
    assert "Received: Lodge a probe, Probe Probe" in words(page)
    assert "[JCM" not in words(page)


def test_opening_a_message_reads_it_and_the_count_follows(reader: Membership, client: Client) -> None:
    told = latest(reader)
    assert "Messages (1)" in words(client.get("/messages/"))
    page = client.get(told.get_absolute_url())
    assert "Messages (" not in words(page)
    assert "You are asked to act: Take a position." in words(page)
    assert "Fri 26 March 2027, 20:30 IST (24:00 JST)" in words(page)
    assert f'href="/decisions/{page.context["subject"].reference}/"' in page.content.decode()
    told.refresh_from_db()
    assert told.read_at == clock.now()
    assert "No message is unread" in words(client.get("/messages/"))


def test_the_first_reading_counts(reader: Membership, client: Client, time: Rehearsal) -> None:
    told, first = latest(reader), clock.now()
    client.get(told.get_absolute_url())
    time.move_to(first + timedelta(hours=1))
    client.get(told.get_absolute_url())
    told.refresh_from_db()
    assert told.read_at == first


def test_nobody_reads_what_others_are_told(reader: Membership, people: Cast, client: Client) -> None:
    told = latest(reader)
    for one in (people.members_host[1], people.secretariat_host):
        client.force_login(one.user)
        assert client.get(told.get_absolute_url()).status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_all_are_marked_as_read_by_post_only(reader: Membership, people: Cast, client: Client) -> None:
    assert client.get("/messages/read/").status_code == 405
    assert client.post("/messages/read/")["Location"] == "/messages/"
    assert "1 message is marked as read." in words(client.get("/messages/"))
    assert not Message.objects.filter(user=reader.user, read_at=None).exists()
    assert Message.objects.filter(user=people.members_host[1].user, read_at=None).exists()


@pytest.mark.parametrize("path", ["/messages/", "/messages/preferences/", "/messages/00000000-0000-4000-8000-000000000000/"])
def test_visitors_sign_in_first(path: str, client: Client) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_there_is_no_such_message(people: Cast, client: Client) -> None:
    client.force_login(people.tpe.user)
    assert client.get("/messages/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert client.get("/messages/1/").status_code == 404
    assert "Nothing yet." in words(client.get("/messages/?page=x"))


def test_who_holds_no_office_any_more_still_reads_the_old_messages(people: Cast, time: Rehearsal, client: Client) -> None:
    del time
    lodged(people.participant_host)
    deliver()
    told = latest(people.participant_host)
    Membership.objects.filter(pk=people.participant_host.pk).update(ends_on=APPOINTED_ON)
    client.force_login(people.participant_host.user)
    assert "Messages (1)" in words(client.get("/messages/"))
    assert client.get(told.get_absolute_url()).status_code == 200


def test_the_pages_take_few_queries_whatever_their_length(people: Cast, time: Rehearsal, client: Client) -> None:
    del time
    client.force_login(people.participant_host.user)

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def all_pages() -> list[int]:
        return [
            queries(path) for path in ("/messages/", "/messages/preferences/", latest(people.participant_host).get_absolute_url())
        ]

    lodged(people.participant_host)
    deliver()
    few = all_pages()
    for _ in range(40):
        lodged(people.participant_host)
    deliver()
    assert all_pages() == few
    assert max(few) <= BUDGET
    assert len(client.get("/messages/").context["page"].object_list) == 30
    assert sum(len(one.entries) for one in client.get("/messages/?page=2").context["days"]) == 11


# --- What comes by mail ---------------------------------------------------------------------------


def test_the_mandatory_classes_are_ticked_and_locked(people: Cast, client: Client) -> None:
    client.force_login(people.tpe.user)
    page = client.get("/messages/preferences/")
    form = page.context["form"]
    assert {name: (field.initial, field.disabled) for name, field in form.fields.items()} == {
        "must_act": (True, True), "received": (True, False), "deadline": (True, True), "security": (True, True),
        "news": (True, False),
    }  # fmt: skip
    assert "No mail leaves this site: it has no mail server." in words(page)


def test_with_a_mail_server_nothing_is_said_of_it(people: Cast, client: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    client.force_login(people.tpe.user)
    for path in ("/messages/", "/messages/preferences/"):
        assert "No mail leaves" not in words(client.get(path))


def test_a_choice_is_kept_and_followed(people: Cast, time: Rehearsal, client: Client) -> None:
    del time
    user = people.participant_host.user
    client.force_login(user)
    assert client.post("/messages/preferences/", {"news": "on"})["Location"] == "/messages/preferences/"
    assert "Your choice is kept." in words(client.get("/messages/preferences/"))
    assert [kind for kind, wanted in wants_mail(user).items() if not wanted] == [Kind.RECEIVED]
    lodged(people.participant_host)
    deliver()
    assert (Message.objects.count(), Mail.objects.count()) == (1, 0)
    client.post("/messages/preferences/", {"news": "on", "received": "on"})
    assert all(wants_mail(user).values())


def test_a_mandatory_class_cannot_be_switched_off(people: Cast) -> None:
    user = people.tpe.user
    with pytest.raises(NotReady) as refused:
        choose(user, {"must_act": False, "deadline": False, "security": False, "gossip": True, "news": False})
    assert [(one.code, one.field) for one in refused.value.problems] == [
        ("TEL-01", "must_act"), ("TEL-01", "deadline"), ("TEL-01", "security"), ("TEL-02", "gossip"),
    ]  # fmt: skip
    assert Preference.objects.count() == 0
    with pytest.raises(IntegrityError, match="preference_not_of_a_mandatory_class"), transaction.atomic():
        Preference.objects.create(user=user, kind="must_act", by_mail=False)


def test_a_forged_form_switches_no_mandatory_class_off(people: Cast, client: Client) -> None:
    client.force_login(people.tpe.user)
    client.post("/messages/preferences/", {"must_act": ""})
    assert wants_mail(people.tpe.user)[Kind.MUST_ACT] is True


# --- In a browser ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_pages_are_sound_in_each_language_and_width(looking: Looking) -> None:
    with clock.rehearse(clock.now()) as time:
        people = cast()
        for _ in range(3):
            lodged(people.participant_host, title="A solar power plant with batteries of two megawatt hours in Rajasthan")
        deliver()
        time.move_to(clock.now() + timedelta(seconds=1))
    told = latest(people.participant_host)
    sign_in(looking.page, looking.server, people.participant_host.user)
    for path in ("/messages/", "/messages/preferences/", told.get_absolute_url()):
        for language, width in (("en", 1280), ("ja", 375), ("hi", 375)):
            looking.open(path, language=language, width=width)
            looking.picture(f"{path.strip('/').replace('/', '-')[:20]}-{language}-{width}")
            assert (looking.overflow(), looking.barriers()) == (0, []), (path, language)
    assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], [])
