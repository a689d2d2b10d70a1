"""Queue, mail server and scanner away, each alone and in pairs: acts go on, the pages say what is late, all comes once after.

The parts are real: a Redis-compatible server, a mail server, a server that speaks clamd's protocol, a worker that uses all three.
"""

from __future__ import annotations

import os
import re
import signal
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from email.message import Message as Letter
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from celery import Celery
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from apps.accounts.models import Membership
from apps.committee.models import Ballot, Position
from apps.core import clock
from apps.documents.models import DocumentVersion, Scan, Verdict
from apps.events import services
from apps.events.models import Delivery, Event
from apps.idea_notes.models import IdeaNote
from apps.notifications.models import Mail
from apps.workflow.models import Heartbeat
from jcm.embedded import Broker
from tests.committee.ballots import circulated
from tests.journeys import idea_note
from tests.people import Cast, cast
from tests.scanner import Scanner, free_port
from tests.worker import Worker, wait_for

PARTS = ("queue", "mail", "scanner")
PDF = b"%PDF-1.7\nAn idea note.\n%%EOF\n"
QUEUE = "parts"
BEAT = ("events.relay", "workflow.sweep", "notifications.mail", "documents.scan")
A_WHILE = timedelta(minutes=6)
# What a page says for each kind of delay.
SAID = {
    "limits": "Time limits have not been acted upon since",
    "messages": "Messages about what happened since",
    "mails": "Mails have not left since",
    "scans": "1 document waits to be checked for viruses.",
}
# Without the queue nobody is woken; what waits then is what the acts have left: messages, not yet their mails.
LATE = {"queue": {"limits", "messages", "scans"}, "mail": {"mails"}, "scanner": {"scans"}}
# To the two who acted, and to the secretariats about the note.
LETTERS = 2
TITLE = "Some things take longer than usual"


class Letters(Handler):
    """The mails that came, by their Message-ID."""

    def __init__(self) -> None:
        super().__init__()
        self.came = Counter[str]()

    def handle_message(self, message: Letter) -> None:
        self.came[str(message["Message-ID"])] += 1


class Parts:
    """The three parts, each of which can be taken away and brought back at the same address."""

    def __init__(self, folder: Path) -> None:
        self.broker = Broker(folder / "redis", {"appendonly": "no"})
        self.mail_port, self.scanner_port = free_port(), free_port()
        self.letters = Letters()
        self.mail: Controller | None = None
        self.scanner: Scanner | None = None
        self.streams: list[int] = []
        self.client = self.as_site()

    def as_site(self) -> Celery:
        """What sends messages as the site does, with connections of its own."""
        found = Celery("parts", broker=self.broker.url, set_as_current=False)
        options = {**site_settings.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": f"{QUEUE}:"}
        routes = site_settings.CELERY_TASK_ROUTES
        found.conf.update(task_default_queue=QUEUE, task_routes=routes, broker_transport_options=options)
        return found

    def send_task(self, name: str, **more: Any) -> None:
        """In place of the site's own application."""
        self.client.send_task(name, **more)

    def bring(self, *names: str) -> None:
        """Bring parts back."""
        if "queue" in names and self.broker.start():
            self.client = self.as_site()
        if "mail" in names and self.mail is None:
            self.mail = Controller(self.letters, hostname="127.0.0.1", port=self.mail_port)
            self.mail.start()
        if "scanner" in names and self.scanner is None:
            self.scanner = Scanner(self.scanner_port)
            self.scanner.streams = self.streams
            self.scanner.__enter__()

    def take(self, *names: str) -> None:
        """Take parts away."""
        if "queue" in names:
            self.broker.stop()
        if "mail" in names and self.mail is not None:
            self.mail.stop()
            self.mail = None
        if "scanner" in names and self.scanner is not None:
            self.scanner.__exit__(None, None, None)
            self.scanner = None

    def wake(self) -> None:
        """What beat sends each minute, twice, as two beats would."""
        for task in BEAT * 2:
            self.client.send_task(task)

    def is_idle(self) -> bool:
        """Whether nothing is queued and nothing runs."""
        with self.client.connection_for_read() as broker:
            redis = broker.default_channel.client
            return not any((redis.llen(QUEUE), redis.llen("scanning"), redis.hlen("unacked")))


@pytest.fixture(scope="module")
def parts() -> Iterator[Parts]:
    with tempfile.TemporaryDirectory(prefix="jcm-") as folder:
        found = Parts(Path(folder))
        yield found
        found.take(*PARTS)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="module")
def running(parts: Parts, documents: Path, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:  # noqa: ARG001 - its database
    """A worker for whom all parts are where they are for the site."""
    parts.bring(*PARTS)
    address = site_settings.TEST_CLUSTER.address("jcm_app", str(connection.settings_dict["NAME"]))
    found = Worker(
        address, QUEUE, tmp_path_factory.mktemp("worker") / "log",
        REDIS_URL=parts.broker.url, DOCUMENT_ROOT=str(documents), CLAMD=f"127.0.0.1:{parts.scanner_port}",
        EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(parts.mail_port), EMAIL_TLS="no",
    )  # fmt: skip
    found.start()
    yield found
    found.stop()


@pytest.fixture
def worker(
    running: Worker, parts: Parts, documents: Path, settings: Any, monkeypatch: pytest.MonkeyPatch,
    transactional_db: None,  # noqa: ARG001 - the worker sees committed rows only
) -> Iterator[Worker]:  # fmt: skip
    """The worker with all parts there, and the site beside it."""
    parts.bring(*PARTS)
    settings.DOCUMENT_ROOT, settings.CLAMD = documents, f"127.0.0.1:{parts.scanner_port}"
    monkeypatch.setattr(services, "current_app", parts)
    monkeypatch.setattr(services._Sent, "starts_at", {})
    parts.letters.came.clear()
    parts.streams.clear()
    yield running
    parts.bring(*PARTS)
    wait_for(parts.is_idle, 30)


# --- Who acts -------------------------------------------------------------------------------------


@pytest.fixture
def people(worker: Worker) -> Cast:  # noqa: ARG001 - it empties the tables first
    return cast()


@pytest.fixture
def ballot(people: Cast) -> Ballot:
    return circulated(people, {"title": "Do you agree with the text?", "text": "The Joint Committee meets in May."})


@pytest.fixture
def note(people: Cast) -> IdeaNote:
    return idea_note.drafted(people)


@pytest.fixture
def quiet(ballot: Ballot, note: IdeaNote, parts: Parts) -> None:  # noqa: ARG001 - what they have left is done
    """Nothing waits any more of what was before."""
    parts.wake()
    wait_for(lambda: not Delivery.objects.filter(delivered_at=None).exists())
    wait_for(lambda: not Mail.objects.filter(sent_at=None).exists())
    parts.letters.came.clear()


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of a page's form, but for those of the whole site."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in found if name not in {"csrfmiddlewaretoken", "next"}}


def confirmed(by: Membership, address: str, **answers: Any) -> Client:
    """Fill in a form, read the check page, confirm."""
    client = Client()
    client.force_login(by.user)
    checked = client.post(address, {**hidden(client.get(address)), **answers})
    assert checked.status_code == 200
    assert client.post(address, {**hidden(checked), "confirm": "yes"}).status_code == 302
    return client


def delayed(one: Membership, address: str = "/", after: timedelta = timedelta()) -> set[str]:
    """What a page says is late, now or after a while."""
    client = Client()
    client.force_login(one.user)
    with clock.rehearse(clock.now() + after):
        response = client.get(address)
    assert response.status_code == 200
    page = response.content.decode()
    found = {kind for kind, words in SAID.items() if words in page}
    assert (TITLE in page) == bool(found)
    return found


def beats_go_on(away: Collection[str], at: datetime) -> None:
    """What could run has run until a moment."""
    stopped = {"sweep": "queue" in away, "mails": bool({"queue", "mail"} & set(away))}
    for job, stands_still in stopped.items():
        if not stands_still:
            Heartbeat.objects.filter(job=job).update(beat_at=at)


def all_is_due() -> None:
    """What is tried again later is tried now."""
    now = clock.now()
    Delivery.objects.filter(delivered_at=None).update(due_at=now)
    Mail.objects.filter(sent_at=None).update(next_attempt_at=now)
    Scan.objects.filter(done_at=None).update(due_at=now)


def has_done_what_it_can(parts: Parts, away: Collection[str]) -> bool:
    """Whether everything was done, or tried, for which the parts are there."""
    if "queue" in away:
        return True
    told = not Delivery.objects.filter(delivered_at=None).exists()
    waits = Mail.objects.filter(sent_at=None)
    mailed = waits.exclude(error="").exists() if "mail" in away else not waits.exists()
    scanned = Scan.objects.exclude(last_error="").exists() if "scanner" in away else Verdict.objects.exists()
    return told and mailed and scanned and parts.is_idle()


def can_open(version: DocumentVersion, one: Membership) -> bool:
    """Whether somebody gets the bytes of a document, or is told that they have to wait."""
    client = Client()
    client.force_login(one.user)
    response = client.get(version.get_absolute_url())
    content = b"".join(response)
    assert (response.status_code == 200) == (content == PDF)
    assert response.status_code in {200, 403}
    return content == PDF


def has_all_come(parts: Parts) -> bool:
    """Whether every message was written, every mail has left, and the document was judged."""
    waits = (Delivery.objects.filter(delivered_at=None), Mail.objects.filter(sent_at=None), Scan.objects.filter(done_at=None))
    return not any(one.exists() for one in waits) and parts.is_idle()


CASES = [
    pytest.param(frozenset(away), marks=[pytest.mark.long] if len(away) > 1 else [], id="-".join(away))
    for count in (1, 2, 3)
    for away in combinations(PARTS, count)
]


@pytest.mark.parametrize("away", CASES)
@pytest.mark.usefixtures("quiet")
def test_acts_go_on_the_pages_say_what_is_late_and_all_comes_once(
    away: frozenset[str], parts: Parts, people: Cast, ballot: Ballot, note: IdeaNote
) -> None:
    member, participant, before = people.members_host[0], people.participant_japan, Event.objects.count()
    sent_before = {one.pk for one in Mail.objects.all()}
    parts.take(*away)

    confirmed(member, ballot.get_absolute_url(), item_1="agree")
    paper = SimpleUploadedFile("pin.pdf", PDF)
    confirmed(participant, f"/idea_note/{note.pk}/submit/", PIN=paper, PIN_form_version="06.0")
    version = DocumentVersion.objects.get()
    assert version.path.read_bytes() == PDF
    assert note.reload().state == "submitted"
    assert Position.objects.get().membership_id == member.pk
    assert Event.objects.count() == before + 2
    assert delayed(people.secretariat_host) == set(), "nothing is late in the first minutes"
    wait_for(lambda: has_done_what_it_can(parts, away))

    late = set.union(*(LATE[one] for one in away)) - ({"mails"} if "queue" in away else set())
    beats_go_on(away, clock.now() + A_WHILE)
    pages = [
        (people.secretariat_host, "/"), (member, ballot.get_absolute_url()), (member, "/messages/"),
        (participant, f"/idea_note/{note.pk}/"),
    ]  # fmt: skip
    assert [delayed(*page, after=A_WHILE) for page in pages] == [late] * len(pages)
    assert can_open(version, participant)
    assert can_open(version, people.secretariat_japan) == (not away & {"queue", "scanner"})

    parts.bring(*away)
    all_is_due()
    parts.wake()
    wait_for(lambda: has_all_come(parts), 30)
    all_is_due()
    parts.wake()
    wait_for(parts.is_idle, 30)
    assert parts.letters.came == Counter(f"<{one.pk}@localhost>" for one in Mail.objects.exclude(pk__in=sent_before))
    assert len(parts.letters.came) >= LETTERS
    assert [len(PDF)] == parts.streams
    assert list(Verdict.objects.values_list("version", "outcome")) == [(version.pk, "clean")]
    assert can_open(version, people.secretariat_japan)
    assert [delayed(*page) for page in pages[:2]] == [set()] * 2


@pytest.mark.long
@pytest.mark.usefixtures("quiet")
def test_a_broker_that_is_killed_once_it_took_the_message_loses_nothing(
    running: Worker, parts: Parts, people: Cast, note: IdeaNote
) -> None:
    running.stop()
    paper = SimpleUploadedFile("pin.pdf", PDF)
    confirmed(people.participant_japan, f"/idea_note/{note.pk}/submit/", PIN=paper, PIN_form_version="06.0")
    wait_for(lambda: not parts.is_idle())
    os.kill(parts.broker.pid() or 0, signal.SIGKILL)
    wait_for(lambda: not parts.broker.running())
    parts.bring("queue")
    running.start()
    assert parts.is_idle()
    assert Delivery.objects.filter(delivered_at=None).exists()
    parts.wake()
    wait_for(lambda: has_all_come(parts), 30)
    assert set(parts.letters.came.values()) == {1}
    assert [len(PDF)] == parts.streams
