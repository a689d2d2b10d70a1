"""What a mail looks like, and how it gets out: at least once, recorded before and after, whatever the mail server does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from io import StringIO
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from socket import socket
from typing import Any, ClassVar

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as box
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from apps.accounts.models import User
from apps.accounts.roles import Role, Side
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.notifications.models import Mail, Message
from apps.notifications.services import mailing, send_mails, write_digests
from apps.notifications.services.mailing import _claimed, wait
from apps.notifications.tasks import mail as task
from tests.committee.ballots import CIRCULATED_AT, START, circulated, outcomes, probes_before_committee, registering, say
from tests.events.test_relay import in_threads
from tests.notifications.posting import deliver, latest, messages_to
from tests.people import Cast, cast, organisation, person
from tests.probe.models import Probe
from tests.probe.services import lodged
from tests.workflow.threads import at_once

SITE = "https://jcm.example.org"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = SITE


def mails_to(address: str) -> list[EmailMessage]:
    """What came to an address, as a mail program reads it."""
    return [parsed(one.message().as_bytes()) for one in box.outbox if one.to == [address]]


def parsed(raw: bytes) -> EmailMessage:
    return BytesParser(_class=EmailMessage, policy=default).parsebytes(raw)  # type: ignore[arg-type] # reason: the class that the policy makes


def body(one: EmailMessage, kind: str) -> str:
    part = one.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.fixture
def asked(people: Cast, probe: Probe) -> Message:
    """A member of the partner country who is asked for an answer."""
    circulated(people, registering(probe))
    deliver()
    return latest(people.members_host[0])


def test_a_mail_says_what_is_asked_by_when_and_where(asked: Message) -> None:
    assert send_mails() > 0
    [one] = mails_to("indian.member.1@example.org")
    ballot, link = f"ballot.{asked.subject_id}", f"{SITE}/messages/{asked.pk}/"
    names = ("Subject", "To", "Message-ID", "List-Id", "Auto-Submitted", "References", "In-Reply-To")
    assert {name: one[name] for name in names} == {
        "Subject": "[JCM IN-JP] Decision needed by 26 Mar: Take a position, Decision of the Joint Committee JC-IN-2027-001",
        "To": "indian.member.1@example.org",
        "Message-ID": f"<{asked.pk}@jcm.example.org>",
        "List-Id": "JCM IN-JP <messages.jcm.example.org>",
        "Auto-Submitted": "auto-generated",
        "References": f"<{ballot}@jcm.example.org>",
        "In-Reply-To": f"<{ballot}@jcm.example.org>",
    }  # fmt: skip
    assert one["List-Unsubscribe"] is None
    assert one["List-Unsubscribe-Post"] is None
    assert body(one, "plain") == (
        "You are asked to act: Take a position.\n\n"
        "Ballot JC-IN-2027-001, with 1 item, was put before the members of both sides.\n\n"
        "File: JC-IN-2027-001 Do you agree that the Joint Committee adopts these items?\n"
        "Where it stands: Circulated to the members\n"
        "By whom: Co-chair\n"
        "Whose move: Co-chair, Committee member, Alternate\n"
        "Due: Fri 26 March 2027, 20:30 IST (24:00 JST)\n\n"
        f"Read and act on the site: {link}\n\n"
        "-- \n"
        "This mail was made by the site; nobody reads an answer to it, and nobody can act by one."
        " It is also on the site under Messages.\n"
    )
    html = body(one, "html")
    assert html.count("href=") == html.count(link) == 1
    assert "<img" not in html
    assert [part.get_content_type() for part in one.iter_parts()] == ["text/plain", "text/html"]


def test_it_is_in_the_readers_language_with_a_line_in_english(people: Cast, probe: Probe) -> None:
    reader = people.members_japan[0].user
    reader.language = "ja"
    reader.save(update_fields=["language"])
    circulated(people, registering(probe))
    deliver()
    send_mails()
    [one] = mails_to(reader.email)
    assert one["Content-Language"] == "ja"
    assert "意思表示" in str(one["Subject"])
    text = body(one, "plain")
    english = "[JCM IN-JP] Decision needed by 26 Mar: Take a position, Decision of the Joint Committee JC-IN-2027-001"
    assert text.endswith(f"\nEnglish: {english}\n")
    assert "24:00 JST" in text
    assert f'<p lang="en">English: {english}</p>' in body(one, "html")


def test_a_title_of_several_lines_or_of_markup_harms_nothing(people: Cast, time: Rehearsal) -> None:
    del time
    lodged(people.participant_host, title="Solar <b>&\r\nBcc: everybody@example.org")
    deliver()
    send_mails()
    [one] = mails_to("indian.participant@example.org")
    assert one["Subject"] == "[JCM IN-JP] Received: Lodge a probe, Probe Solar <b>& Bcc: everybody@example.org"
    assert one["Bcc"] is None
    assert "Solar &lt;b&gt;&amp;" in body(one, "html")


# --- Getting out ----------------------------------------------------------------------------------


class Post(EmailBackend):
    """A mail server that may refuse."""

    trouble: ClassVar[Exception | None] = None

    def send_messages(self, messages: Any) -> int:
        if Post.trouble is not None:
            raise Post.trouble
        return super().send_messages(messages)


@pytest.fixture
def post(settings: Any) -> Iterator[type[Post]]:
    settings.EMAIL_BACKEND = f"{Post.__module__}.{Post.__qualname__}"
    Post.trouble = None
    yield Post
    Post.trouble = None


@pytest.fixture
def one_mail(people: Cast, time: Rehearsal) -> Mail:
    del time
    lodged(people.participant_host)
    deliver()
    return Mail.objects.get()


def state_of(one: Mail) -> tuple[Any, ...]:
    one.refresh_from_db()
    return one.attempts, one.sent_at, one.error, one.bounced_at, one.bounce


def test_a_mail_is_sent_once(one_mail: Mail, post: Any) -> None:
    del post
    assert (send_mails(), send_mails()) == (1, 0)
    assert state_of(one_mail) == (1, clock.now(), "", None, "")
    assert len(box.outbox) == 1


def test_the_attempt_is_recorded_before_it_is_made(one_mail: Mail) -> None:
    claimed = _claimed()
    assert claimed == one_mail
    assert state_of(one_mail) == (1, None, "", None, "")
    assert one_mail.next_attempt_at == clock.now() + timedelta(minutes=2)
    assert _claimed() is None, "whoever claimed it may still be sending"


def test_who_died_while_sending_leaves_it_to_be_sent_again_under_the_same_id(one_mail: Mail, time: Rehearsal) -> None:
    _claimed()
    time.move_to(clock.now() + timedelta(minutes=2))
    assert send_mails() == 1
    assert box.outbox[0].extra_headers["Message-ID"] == f"<{one_mail.message_id}@jcm.example.org>"


def test_while_the_server_is_away_the_run_ends_and_the_rest_waits(people: Cast, probe: Probe, post: Any, time: Rehearsal) -> None:
    circulated(people, registering(probe))
    deliver()
    waiting = Mail.objects.filter(sent_at=None).count()
    post.trouble = SMTPServerDisconnected("gone")
    assert send_mails() == 0
    assert list(Mail.objects.filter(attempts=1).values_list("error", flat=True)) == ["SMTPServerDisconnected: gone"]
    post.trouble = None
    assert send_mails() == waiting - 1
    time.move_to(clock.now() + timedelta(minutes=2))
    assert (send_mails(), Mail.objects.filter(sent_at=None).count()) == (1, 0)


def test_what_hinders_one_mail_hinders_no_other(people: Cast, time: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    del time
    lodged(people.participant_host)
    lodged(people.participant_japan)
    deliver()
    bad, letter_of = Mail.objects.order_by("next_attempt_at", "id")[0], mailing.letter_of

    def falls(one: Mail) -> Any:
        if one.pk == bad.pk:
            raise ArithmeticError("no words")
        return letter_of(one)

    monkeypatch.setattr(mailing, "letter_of", falls)
    assert send_mails() == 1
    assert state_of(bad) == (1, None, "ArithmeticError: no words", None, "")


def test_an_address_that_is_refused_for_good_counts_as_come_back(one_mail: Mail, post: Any) -> None:
    post.trouble = SMTPRecipientsRefused({one_mail.address: (550, b"no such user")})
    assert send_mails() == 0
    assert state_of(one_mail) == (1, None, "", clock.now(), "550 no such user")


def test_an_address_that_is_refused_for_now_is_tried_again(one_mail: Mail, post: Any, time: Rehearsal) -> None:
    post.trouble = SMTPRecipientsRefused({one_mail.address: (450, b"full")})
    assert send_mails() == 0
    assert state_of(one_mail)[3:] == (None, "")
    post.trouble = None
    time.move_to(clock.now() + timedelta(minutes=2))
    assert send_mails() == 1


def test_the_wait_doubles_up_to_six_hours_and_ends(one_mail: Mail, post: Any, time: Rehearsal) -> None:
    minutes = [wait(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 8, 9, 12)]
    assert minutes == [2, 4, 8, 256, 360, 360]
    post.trouble = SMTPServerDisconnected("gone")
    for _ in range(20):
        send_mails()
        time.move_to(clock.now() + timedelta(hours=6))
    assert state_of(one_mail)[0] == 12


def test_a_closed_account_gets_no_mail(one_mail: Mail, people: Cast) -> None:
    people.participant_host.user.is_active = False
    people.participant_host.user.save(update_fields=["is_active"])
    assert send_mails() == 0
    assert state_of(one_mail)[0] == 0


def test_the_sweep_and_the_task_send(one_mail: Mail, people: Cast) -> None:
    said = StringIO()
    call_command("sweep", stdout=said)
    # The lists of holidays, which the first sweep draws up, ask both secretariats to act.
    assert "mails sent: 3" in said.getvalue().splitlines()
    assert state_of(one_mail)[1] is not None
    lodged(people.participant_host)
    deliver()
    assert task() == 1


# --- A real mail server ---------------------------------------------------------------------------


class Sink:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.got: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - the server's name for it
        self.got.append((envelope.rcpt_tos[0], parsed(envelope.content)))
        return "250 OK"


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    kept = Sink()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    yield kept
    server.stop()


@pytest.mark.django_db(transaction=True)
def test_a_real_server_gets_every_mail_once_from_three_senders_at_once(sink: Sink) -> None:
    people = cast()
    for _ in range(10):
        lodged(people.participant_host)
        lodged(people.participant_japan)
    deliver()
    assert sum(in_threads([send_mails] * 3)) == 20
    ids = [one["Message-ID"] for _to, one in sink.got]
    assert sorted(ids) == sorted(f"<{pk}@jcm.example.org>" for pk in Mail.objects.values_list("pk", flat=True))
    assert {to for to, _one in sink.got} == {"indian.participant@example.org", "japanese.participant@example.org"}
    assert {str(one["Subject"]) for _to, one in sink.got} == {"[JCM IN-JP] Received: Lodge a probe, Probe Probe"}
    assert not Mail.objects.filter(sent_at=None).exists()
    assert len(messages_to(people.participant_host)) == 10


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_decision_that_four_hundred_are_told_reaches_each_of_them_once_in_their_language(sink: Sink) -> None:
    people = cast()
    ministry = organisation("Cabinet Office of Japan", Side.JAPAN)
    officials = [person(f"Official {number}", Role.AUTHORITY, ministry, Side.JAPAN) for number in range(400)]
    for number, one in enumerate(officials):
        User.objects.filter(pk=one.user_id).update(language=("en", "ja", "hi")[number % 3])
    with clock.rehearse(START) as time:
        ballot = circulated(people, registering(probes_before_committee(people, time, 1)[0]))
        for member in people.committee:
            say(ballot, member)
        assert outcomes(ballot) == ["adopted"]
        deliver()
        time.move_to(CIRCULATED_AT + timedelta(days=1))
        assert write_digests(time.moment) >= len(officials)
        assert sum(at_once([send_mails] * 3)) == len(sink.got)
        assert send_mails() == 0
    ids = [str(one["Message-ID"]) for _to, one in sink.got]
    assert sorted(ids) == sorted(f"<{pk}@jcm.example.org>" for pk in Mail.objects.values_list("pk", flat=True))
    came = sorted((to, str(one["Content-Language"])) for to, one in sink.got if to.startswith("official."))
    assert came == sorted((f"official.{number}@example.org", ("en", "ja", "hi")[number % 3]) for number in range(400))
    told = {str(one["Content-Language"]): body(one, "plain") for to, one in sink.got if to.startswith("official.")}
    assert [ballot.reference in told[language] for language in ("en", "ja", "hi")] == [True] * 3
