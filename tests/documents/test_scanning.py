"""Scanning: handing in is never held up, others read once nothing was found, what is infected nobody opens or counts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.decision_records.render.bundle import _documents
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Scan, Verdict
from apps.documents.render import address_of, scan_words
from apps.documents.selectors import current_versions, newest_of
from apps.documents.services import add_version, scan_what_waits, scanning
from apps.documents.services.scanner import Away, Unable, answers, ask
from apps.events.models import Delivery, Event
from apps.events.services import relay
from apps.notifications.models import Mail, Message
from apps.notifications.render import lines_of, said, title_of
from apps.workflow.audit import differences
from apps.workflow.services import perform
from tests.people import Cast, actor, cast, person
from tests.probe.models import Probe
from tests.probe.services import lodged
from tests.scanner import EICAR, FOUND, Scanner, free_port

PDF = b"%PDF-1.7\nA project design document.\n%%EOF\n"
INFECTED = PDF + EICAR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


@pytest.fixture
def scanner(settings: Any) -> Iterator[Scanner]:
    with Scanner() as server:
        settings.CLAMD = server.address
        yield server


@pytest.fixture
def time() -> Iterator[Rehearsal]:
    with clock.rehearse(clock.now()) as rehearsal:
        yield rehearsal


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host)


def handed_in(probe: Probe, by: Membership, content: bytes = PDF, *, confidential: bool = True) -> DocumentVersion:
    return add_version(subject=probe, kind=Kind.PDD, name="pdd.pdf", content=content, membership=by, confidential=confidential)


def status(version: DocumentVersion, who: Membership | None) -> int:
    """What somebody gets who asks for a document."""
    client = Client()
    if who:
        client.force_login(who.user)
    response = client.get(version.get_absolute_url())
    assert b"".join(response)
    return response.status_code


def colleague(of: Membership) -> Membership:
    """Another person of the same organisation."""
    return person("Colleague", of.as_role, of.organisation, of.side)


# --- What is clean --------------------------------------------------------------------------------


def test_others_open_a_document_once_nothing_was_found_in_it(scanner: Scanner, people: Cast, probe: Probe) -> None:
    version, own = handed_in(probe, people.participant_host), colleague(people.participant_host)
    readers = (people.participant_host, own, people.secretariat_host, people.co_chair_japan, people.stranger, None)
    assert [status(version, one) for one in readers] == [200, 200, 403, 403, 404, 404]
    assert scan_what_waits() == 1
    assert [status(version, one) for one in readers] == [200, 200, 200, 200, 404, 404]
    verdict = Verdict.objects.get()
    assert (verdict.version_id, verdict.outcome, verdict.carries) == (version.pk, "clean", "")
    assert (verdict.scanner, verdict.signatures, verdict.signatures_on) == ("ClamAV 1.4.2", "27450", date(2026, 11, 26))
    assert scanner.streams == [len(PDF)]
    assert not Event.objects.filter(subject_type="document").exists()


def test_what_is_public_waits_too(scanner: Scanner, people: Cast, probe: Probe) -> None:
    version = handed_in(probe, people.participant_host, confidential=False)
    assert status(version, None) == 403
    scan_what_waits()
    assert (status(version, None), len(scanner.streams)) == (200, 1)


def test_handing_in_counts_at_once_and_the_page_says_that_it_is_being_checked(
    scanner: Scanner, people: Cast, probe: Probe, client: Client
) -> None:
    version = handed_in(probe, people.participant_host)
    perform(probe, "complete", actor=actor(people.secretariat_host))
    assert probe.reload().state == "inputs"
    client.force_login(people.secretariat_host.user)
    page = client.get(version.get_absolute_url()).content.decode()
    assert '<h1 class="govuk-heading-l">This document is being checked for viruses</h1>' in page
    assert "It counts as handed in since it was received." in page
    assert "Received on <time datetime=" in page
    assert "Being checked for viruses" in client.get(f"/probe/{probe.pk}/").content.decode()
    scan_what_waits()
    assert "Being checked for viruses" not in client.get(f"/probe/{probe.pk}/").content.decode()
    assert scanner.streams


def test_each_version_is_judged_once(scanner: Scanner, people: Cast, probe: Probe, time: Rehearsal) -> None:
    for content in (PDF, PDF + b"2", PDF + b"3"):
        handed_in(probe, people.participant_host, content)
    assert (scan_what_waits(), scan_what_waits()) == (3, 0)
    time.move_to(clock.now() + timedelta(days=1))
    assert scan_what_waits() == 0
    assert scanner.streams == [len(PDF), len(PDF) + 1, len(PDF) + 1]
    assert Verdict.objects.count() == 3


# --- What is infected -----------------------------------------------------------------------------


def test_nobody_opens_what_is_infected_and_it_does_not_count(scanner: Scanner, people: Cast, probe: Probe) -> None:
    version = handed_in(probe, people.participant_host, INFECTED)
    assert scan_what_waits() == 1
    assert [status(version, one) for one in (people.participant_host, people.secretariat_host)] == [403, 403]
    with pytest.raises(NotReady) as refusal:
        perform(probe, "complete", actor=actor(people.secretariat_host))
    (problem,) = refusal.value.problems
    assert (problem.code, problem.field) == ("DOOR-05", "PDD")
    assert problem.text == "Project design document was found infected and does not count as handed in; upload a clean version"
    assert scanner.streams == [len(INFECTED)]
    handed_in(probe, people.participant_host)
    perform(probe, "complete", actor=actor(people.secretariat_host))
    assert probe.reload().state == "inputs"


def test_the_page_of_the_file_says_so(scanner: Scanner, people: Cast, probe: Probe, client: Client) -> None:
    version = handed_in(probe, people.participant_host, INFECTED)
    scan_what_waits()
    client.force_login(people.secretariat_host.user)
    page = client.get(f"/probe/{probe.pk}/").content.decode()
    assert "Found infected: it cannot be opened and does not count as handed in" in page
    assert f'href="{version.get_absolute_url()}"' not in page
    told = client.get(version.get_absolute_url()).content.decode()
    assert "It was found infected. Nobody can open it, and it does not count as handed in." in told
    assert scanner.streams


def test_what_an_infected_version_was_to_replace_does_not_come_back(scanner: Scanner, people: Cast, probe: Probe) -> None:
    first = handed_in(probe, people.participant_host)
    scan_what_waits()
    assert list(current_versions("probe", probe.pk)) == list(newest_of([("probe", probe.pk)])) == [first]
    handed_in(probe, people.participant_host, INFECTED)
    scan_what_waits()
    assert list(current_versions("probe", probe.pk)) == list(newest_of([("probe", probe.pk)])) == []
    third = handed_in(probe, people.participant_host)
    assert list(current_versions("probe", probe.pk)) == list(newest_of([("probe", probe.pk)])) == [third]
    assert scanner.streams


def test_those_who_handed_it_in_and_both_secretariats_are_told_once(scanner: Scanner, people: Cast, probe: Probe) -> None:
    own = colleague(people.participant_host)
    while relay():
        pass
    before = set(Message.objects.values_list("pk", flat=True))
    version = handed_in(probe, people.participant_host, INFECTED)
    scan_what_waits()
    (event,) = Event.objects.filter(type="document.infected")
    assert (event.subject_type, event.subject_id, event.actor, event.documents) == (
        "document",
        version.pk,
        "clock",
        [version.sha256],
    )
    assert event.data == {"kind": "PDD", "number": 1, "carries": FOUND, "scanner": "ClamAV 1.4.2"}
    while relay():
        pass
    Delivery.objects.filter(event=event).update(delivered_at=None)
    while relay():
        pass
    assert not Delivery.objects.filter(delivered_at=None).exists()
    told = Message.objects.exclude(pk__in=before)
    expected = {people.participant_host, own, people.secretariat_host, people.secretariat_japan}
    assert {one.user_id for one in told} == {one.user_id for one in expected}
    assert {(one.kind, one.subject_type, one.subject_id) for one in told} == {("security", "probe", probe.pk)}
    assert Mail.objects.filter(message__in=told).count() == 4
    assert differences() == []
    assert scanner.streams


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Security: Document found infected, Probe Probe"), ("ja", ""), ("hi", "")]
)
def test_the_message_says_which_document_and_what_to_do(
    language: str, title: str, scanner: Scanner, people: Cast, probe: Probe, client: Client
) -> None:
    handed_in(probe, people.participant_host, INFECTED)
    scan_what_waits()
    while relay():
        pass
    message = Message.objects.get(user=people.participant_host.user, event__type="document.infected")
    with translation.override(language):
        assert title_of(message, probe) == title or not title
        (sentence,) = said(message, probe)
        assert FOUND in sentence
        assert len(lines_of(message, probe)) == 3
    if language == "en":
        assert sentence == (
            f"Project design document, version 1, handed in for Probe Probe, was found infected ({FOUND}). Nobody can open it, "
            "and it does not count as handed in. Whoever handed it in: check your computer, then hand in a clean version."
        )
    client.force_login(people.participant_host.user)
    assert client.get(message.get_absolute_url()).status_code == 200
    assert client.get("/messages/").status_code == 200
    assert scanner.streams


def test_lists_and_bundles_hold_back_what_is_not_cleared(scanner: Scanner, people: Cast, probe: Probe) -> None:
    def shown(version: DocumentVersion) -> tuple[str, str, int]:
        return address_of(version), scan_words(version), len(_documents([version]))

    clean, infected = handed_in(probe, people.participant_host), handed_in(probe, people.participant_host, INFECTED)
    assert [shown(one) for one in (clean, infected)] == [("", "Being checked for viruses", 0)] * 2
    scan_what_waits()
    clean, infected = DocumentVersion.objects.order_by("number")
    assert shown(clean) == (f"/documents/{clean.pk}/", "", 1)
    assert shown(infected) == ("", "Found infected: it cannot be opened and does not count as handed in", 0)
    assert _documents([clean, DocumentVersion(sha256=clean.sha256, verdict=infected.verdict)]) == []
    assert scanner.streams


# --- The scanner away, unable, or none ------------------------------------------------------------


def test_a_scanner_that_is_away_is_asked_again(settings: Any, people: Cast, probe: Probe, time: Rehearsal) -> None:
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    first, second = (handed_in(probe, people.participant_host, PDF + end) for end in (b"1", b"2"))
    assert scan_what_waits() == 0
    scans = {one.version_id: one for one in Scan.objects.all()}
    assert [(scans[one.pk].attempts, scans[one.pk].due_at - clock.now()) for one in (first, second)] == [
        (1, scanning.FIRST_WAIT), (0, timedelta()),
    ]  # fmt: skip
    assert scans[first.pk].last_error.startswith("Away: ConnectionRefusedError")
    with Scanner() as back:
        settings.CLAMD = back.address
        assert scan_what_waits() == 1
        time.move_to(clock.now() + scanning.FIRST_WAIT)
        assert scan_what_waits() == 1
    assert set(Verdict.objects.values_list("version", "outcome")) == {(first.pk, "clean"), (second.pk, "clean")}
    assert set(Scan.objects.values_list("last_error", "done_at")) == {
        ("", clock.now() - scanning.FIRST_WAIT), ("", clock.now()),
    }  # fmt: skip


def test_a_scanner_that_stays_away_is_asked_less_often(settings: Any, people: Cast, probe: Probe, time: Rehearsal) -> None:
    settings.CLAMD = f"127.0.0.1:{free_port()}"
    handed_in(probe, people.participant_host)
    waits = []
    for _ in range(6):
        scan_what_waits()
        waits.append(Scan.objects.get().due_at - clock.now())
        time.move_to(Scan.objects.get().due_at)
    assert [wait / timedelta(minutes=1) for wait in waits] == [4, 8, 16, 30, 30, 30]


def test_a_file_that_the_scanner_cannot_judge_stays_closed_and_holds_up_no_other(
    scanner: Scanner, people: Cast, probe: Probe
) -> None:
    scanner.says = "INSTREAM size limit exceeded. ERROR"
    version = handed_in(probe, people.participant_host)
    assert scan_what_waits() == 0
    assert Scan.objects.get().last_error == "Unable: INSTREAM size limit exceeded. ERROR"
    assert status(version, people.secretariat_host) == 403
    scanner.says = ""
    handed_in(probe, people.participant_host)
    assert scan_what_waits() == 1


def test_bytes_that_the_store_has_lost_hold_up_no_other(scanner: Scanner, people: Cast, probe: Probe) -> None:
    handed_in(probe, people.participant_host, PDF + b"lost").path.unlink()
    kept = handed_in(probe, people.participant_host)
    assert scan_what_waits() == 1
    assert list(Verdict.objects.values_list("version", flat=True)) == [kept.pk]
    assert Scan.objects.get(done_at=None).last_error.startswith("FileNotFoundError")
    assert scanner.streams == [len(PDF)]


def test_without_a_scanner_everything_is_open_and_one_that_comes_finds_it(settings: Any, people: Cast, probe: Probe) -> None:
    version = handed_in(probe, people.participant_host, INFECTED)
    assert scan_what_waits() == 0
    assert status(version, people.secretariat_host) == 200
    with Scanner() as server:
        settings.CLAMD = server.address
        assert status(version, people.secretariat_host) == 403
        assert scan_what_waits() == 1
    settings.CLAMD = ""
    assert status(version, people.secretariat_host) == 403


def test_the_sweep_scans_without_a_broker(scanner: Scanner, people: Cast, probe: Probe) -> None:
    handed_in(probe, people.participant_host)
    said = StringIO()
    call_command("sweep", stdout=said)
    assert "documents scanned: 1\n" in said.getvalue()
    assert scanner.streams


# --- Once, and for ever ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_scanners_of_one_document_write_one_verdict(scanner: Scanner, people: Cast, probe: Probe) -> None:
    version = handed_in(probe, people.participant_host, INFECTED)
    reply, barrier, written = ask(version.path), threading.Barrier(2), []

    def judge() -> None:
        barrier.wait()
        written.append(scanning._judged(version, reply))
        connection.close()

    threads = [threading.Thread(target=judge) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(written) == [False, True]
    assert (Verdict.objects.count(), Event.objects.filter(type="document.infected").count()) == (1, 1)
    assert scanner.streams == [len(INFECTED)]


@pytest.mark.parametrize("attack", ["update", "delete", "again", "scan"])
def test_a_verdict_is_written_once(attack: str, scanner: Scanner, people: Cast, probe: Probe) -> None:
    version = handed_in(probe, people.participant_host, INFECTED)
    scan_what_waits()
    attacks = {
        "update": lambda: Verdict.objects.update(outcome="clean", carries=""),
        "delete": lambda: Verdict.objects.all().delete(),
        "again": lambda: Verdict.objects.create(version=version, outcome="clean", scanner="x", judged_at=clock.now()),
        "scan": lambda: Scan.objects.all().delete(),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        attacks[attack]()
    assert Verdict.objects.get().outcome == "infected"
    assert scanner.streams


def test_a_verdict_says_what_was_found_or_that_nothing_was(people: Cast, probe: Probe) -> None:
    version = handed_in(probe, people.participant_host)
    for outcome, carries in (("clean", "Eicar"), ("infected", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Verdict.objects.create(version=version, outcome=outcome, carries=carries, scanner="x", judged_at=clock.now())


# --- The protocol ---------------------------------------------------------------------------------


def test_large_files_go_over_in_pieces(scanner: Scanner, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(bytes(300_000) + EICAR)
    assert ask(path).carries == FOUND
    assert scanner.streams == [300_000 + len(EICAR)]


def test_a_socket_of_this_machine_is_reached_too(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD = str(tmp_path / "clamd.sock")
    assert not answers(1)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(settings.CLAMD)
        listener.listen()

        def pong() -> None:
            session = listener.accept()[0]
            assert session.recv(10) == b"zPING\0"
            session.sendall(b"PONG\0")
            session.close()

        thread = threading.Thread(target=pong)
        thread.start()
        assert answers(5)
        thread.join()


@pytest.mark.parametrize(("said", "error"), [(b"", Away), (b"stream: weird ERROR\0", Unable), (b"hello\0", Unable)])
def test_an_answer_that_is_none_is_no_verdict(said: bytes, error: type[Exception], settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(PDF)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        settings.CLAMD = f"127.0.0.1:{listener.getsockname()[1]}"

        def answer() -> None:
            for reply in (b"ClamAV 9\0", said):
                session = listener.accept()[0]
                while not session.recv(4096).endswith(b"\0"):
                    pass
                session.sendall(reply)
                session.close()

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(error):
            ask(path)
        thread.join()


@pytest.mark.parametrize("name", ["scanner", "none"])
def test_healthz_tells_of_the_scanner(name: str, settings: Any, client: Client) -> None:
    with Scanner() as server:
        settings.CLAMD = server.address if name == "scanner" else f"127.0.0.1:{free_port()}"
        found = client.get("/healthz").json()["scanner"]
    assert found == ("reachable" if name == "scanner" else "unreachable")
