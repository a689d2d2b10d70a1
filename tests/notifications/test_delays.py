"""What the pages say is late: exactly that, since when, for whom; and how the parts are, on the secretariats' desks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership, User
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.documents.models import DocumentVersion, Scan
from apps.events.models import Delivery
from apps.notifications import context_processors
from apps.notifications.models import Mail
from apps.notifications.selectors import Delays, delays_now, delays_of, work_of
from apps.notifications.services import send_mails
from apps.workflow.models import Heartbeat
from apps.workflow.selectors import LATE, swept_at
from apps.workflow.services import sweep
from tests.notifications.posting import deliver
from tests.people import Cast, cast
from tests.portal.reading import words
from tests.probe.services import completed, lodged

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)
BANNER = "Some things take longer than usual"
SEEN = "Reading, voting and handing in work as always, and count at once. Nothing is lost."


@pytest.fixture(autouse=True)
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(AT) as rehearsal:
        yield rehearsal


@pytest.fixture
def people(db: None) -> Cast:  # noqa: ARG001 - opens the database
    return cast()


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context_processors._Visitors, "asked_at", float("-inf"))


def beat(job: str, ago: timedelta) -> None:
    Heartbeat.objects.update_or_create(job=job, defaults={"beat_at": clock.now() - ago})


def page(one: Membership | User | None, address: str = "/") -> str:
    client = Client()
    if one is not None:
        client.force_login(one.user if isinstance(one, Membership) else one)
    response = client.get(address)
    assert response.status_code == 200
    return words(response)


# --- What is late ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_sweep_that_is_watched_is_the_one_that_beats() -> None:
    assert swept_at() is None
    with clock.rehearse(AT):
        sweep()
    assert (swept_at(), work_of()["swept"]) == (AT, AT.isoformat())


@pytest.mark.parametrize(
    ("waits", "late"),
    [
        ({}, Delays()),
        ({"swept": 4}, Delays()),
        ({"swept": 6}, Delays(limits=AT - 6 * MINUTE)),
        ({"swept": 4, "limit": 60}, Delays()),
        ({"limit": 6}, Delays(limits=AT - 6 * MINUTE)),
        ({"limit": -60}, Delays()),
        ({"delivery": 4}, Delays()),
        ({"delivery": 6}, Delays(messages=AT - 6 * MINUTE)),
        ({"mail": 6}, Delays(mails=AT - 6 * MINUTE)),
        ({"mail": 6, "mailed": 6}, Delays(mails=AT - 6 * MINUTE)),
        ({"mail": 60, "mailed": 4}, Delays()),
        ({"mail": 4, "mailed": 60}, Delays()),
        ({"scan": 4}, Delays()),
        ({"scan": 6}, Delays(scans=AT - 6 * MINUTE)),
    ],
)
def test_what_waits_for_over_five_minutes_is_late(waits: dict[str, int], late: Delays, settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:3310"
    found = delays_of({name: (AT - minutes * MINUTE).isoformat() for name, minutes in waits.items()}, AT)
    assert found == late
    assert bool(found) == (late != Delays())


def test_five_minutes_to_the_microsecond() -> None:
    assert not delays_of({"swept": (AT - LATE).isoformat()}, AT)
    assert delays_of({"swept": (AT - LATE - MOMENT).isoformat()}, AT)


def test_without_a_scanner_nothing_waits_for_it() -> None:
    assert not delays_of({"scan": (AT - 60 * MINUTE).isoformat(), "files": 3}, AT)


def test_all_of_it_is_read_in_one_query(people: Cast, time: Rehearsal, settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:3310"
    completed(people.participant_host, people.secretariat_host)
    lodged(people.participant_host)
    deliver()
    probe = lodged(people.participant_host)
    assert probe
    Delivery.objects.filter(delivered_at=None).update(due_at=AT)
    Scan.objects.create(version_id=_version(), received_at=AT, due_at=AT)
    beat("sweep", MINUTE)
    beat("mails", MINUTE)
    time.move_to(AT + 10 * MINUTE)
    with CaptureQueriesContext(connection) as queries:
        found = delays_now()
    assert len(queries) == 1
    assert found == Delays(limits=AT - MINUTE, messages=AT, mails=AT, scans=AT, files=1)


def _version() -> int:
    return DocumentVersion.objects.get().pk


# --- The banner -----------------------------------------------------------------------------------


def test_a_page_says_nothing_while_all_is_in_time(people: Cast) -> None:
    beat("sweep", MINUTE)
    for one in (people.participant_host, people.secretariat_host, None):
        assert BANNER not in page(one, "/" if one else "/projects/")


def test_each_reader_is_told_what_is_late_and_since_when(people: Cast, time: Rehearsal, settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:3310"
    completed(people.participant_host, people.secretariat_host)
    deliver()
    lodged(people.participant_host)
    Delivery.objects.filter(delivered_at=None).update(due_at=AT)
    Scan.objects.create(version_id=_version(), received_at=AT, due_at=AT)
    beat("sweep", timedelta())
    time.move_to(AT + 6 * MINUTE)
    for address in ("/", "/messages/"):
        said = page(people.participant_host, address)
        assert (
            f"{BANNER} {SEEN} "
            "Time limits have not been acted upon since 1 Jun 2026, 17:30 IST. What fell due will be done as of its day. "
            "Messages about what happened since 1 Jun 2026, 17:30 IST are still to come. "
            "Mails have not left since 1 Jun 2026, 17:30 IST. Every message is on this site "
            "1 document waits to be checked for viruses. Until then only those who handed it in can open it."
        ) in said
    assert "1 Jun 2026, 21:00 JST" in page(people.secretariat_japan)


@pytest.mark.usefixtures("people")
def test_somebody_without_an_appointment_is_told_too() -> None:
    user = User.objects.create(email="new@example.org", name="New")
    beat("sweep", 6 * MINUTE)
    assert BANNER in page(user)


def test_visitors_are_told_of_the_sweep_alone(people: Cast, time: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    completed(people.participant_host, people.secretariat_host)
    deliver()
    time.move_to(AT + 6 * MINUTE)
    beat("sweep", MINUTE)
    assert BANNER not in page(None, "/projects/")
    beat("sweep", 6 * MINUTE)
    assert BANNER not in page(None, "/projects/"), "asked a moment ago"
    monkeypatch.setattr(context_processors._Visitors, "asked_at", float("-inf"))
    said = page(None, "/projects/")
    assert f"{BANNER} Time limits have not been acted upon since 1 Jun 2026, 17:30 IST." in said
    assert "Mails" not in said
    assert SEEN not in said


def test_the_banner_costs_whoever_has_a_membership_no_query(people: Cast, client: Client) -> None:
    client.force_login(people.participant_host.user)
    counts = []
    for ago in (MINUTE, 6 * MINUTE):
        beat("sweep", ago)
        client.get("/messages/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/messages/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- The mails' heartbeat -------------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_mails_beat_when_the_server_is_there_or_nothing_waits() -> None:
    send_mails()
    assert Heartbeat.objects.get(job="mails").beat_at == AT


def test_mails_do_not_beat_while_the_server_is_away(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    lodged(people.participant_host)
    deliver()
    assert Mail.objects.exists()

    def refuse(*_: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", refuse, raising=False)
    send_mails()
    assert not Heartbeat.objects.filter(job="mails").exists()


# --- The parts, on the desk -----------------------------------------------------------------------


def test_the_secretariats_see_how_the_parts_are_and_nobody_else(people: Cast, time: Rehearsal, settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:3310"
    completed(people.participant_host, people.secretariat_host)
    deliver()
    Scan.objects.create(version_id=_version(), received_at=AT, due_at=AT, attempts=2, last_error="Away: ConnectionRefusedError")
    beat("sweep", MINUTE)
    beat("mails", MINUTE)
    said = page(people.secretariat_host)
    assert "All parts of the site are in time" in said
    assert "Time limits 1 Jun 2026, 17:29 IST 0 In time" in said
    assert f"Mails 1 Jun 2026, 17:29 IST {Mail.objects.count()} In time" in said
    assert "Check for viruses Away: ConnectionRefusedError Never yet 1 In time" in said
    time.move_to(AT + 6 * MINUTE)
    said = page(people.secretariat_japan)
    assert "A part of the site is late" in said
    assert "Check for viruses Away: ConnectionRefusedError Never yet 1 Late" in said
    assert "No scanner is set up" not in said
    for one in (people.participant_host, people.co_chair_host, people.registry_host):
        assert "part of the site" not in page(one)
        assert "ConnectionRefusedError" not in page(one)


def test_a_site_without_a_scanner_says_so_on_the_desk(people: Cast) -> None:
    said = page(people.secretariat_host)
    assert "No scanner is set up: documents are not checked for viruses." in said
    assert "Check for viruses" not in said


def test_the_parts_cost_the_secretariats_one_query(people: Cast, client: Client) -> None:
    client.force_login(people.secretariat_host.user)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert sum('"judged"' in one["sql"] or "judged" in one["sql"] for one in queries) == 1
