"""Mails that came back: read from delivery status notifications, kept with the mail, shown to the secretariats."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.core import clock
from apps.core.clock import Rehearsal
from apps.notifications.models import Mail
from apps.notifications.selectors import undelivered
from apps.notifications.services import send_mails, take_bounce
from tests.notifications.posting import deliver
from tests.people import Cast
from tests.probe.services import lodged

RETURNED = """\
From: mailer-daemon@mail.example.org
To: no-reply@jcm.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {to}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: {kind}

Message-ID: {id}
Subject: [JCM IN-JP] Received
--b--
"""


@pytest.fixture
def mail(people: Cast, time: Rehearsal) -> Mail:
    del time
    lodged(people.participant_host)
    deliver()
    send_mails()
    return Mail.objects.get()


def returned(mail: Mail, **given: str) -> bytes:
    """A notification about a mail."""
    parts = {"to": mail.address, "action": "failed", "kind": "text/rfc822-headers", "id": f"<{mail.pk}@localhost>"}
    return RETURNED.format(**{**parts, **given}).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_mail_that_came_back_is_marked(mail: Mail, kind: str) -> None:
    assert take_bounce(returned(mail, kind=kind)) is True
    mail.refresh_from_db()
    assert (mail.bounced_at, mail.bounce) == (clock.now(), "smtp; 550 5.1.1 no such user")


def test_again_is_as_once(mail: Mail, time: Rehearsal) -> None:
    take_bounce(returned(mail))
    first = clock.now()
    time.move_to(first + timedelta(hours=1))
    assert take_bounce(returned(mail)) is True
    mail.refresh_from_db()
    assert mail.bounced_at == first


@pytest.mark.parametrize(
    "given",
    [
        {"action": "delayed"}, {"action": "delivered"}, {"to": "other@example.org"}, {"id": "<no-uuid@localhost>"},
        {"id": "<00000000-0000-4000-8000-000000000000@localhost>"},
    ],
)  # fmt: skip
def test_what_says_no_failure_of_this_mail_marks_nothing(mail: Mail, given: dict[str, str]) -> None:
    assert take_bounce(returned(mail, **given)) is False
    mail.refresh_from_db()
    assert mail.bounced_at is None


@pytest.mark.parametrize("raw", [b"", b"\xff\x00 no mail", b"Subject: out of office\n\nI am away."])
@pytest.mark.django_db
def test_what_is_no_notification_marks_nothing(raw: bytes) -> None:
    assert take_bounce(raw) is False


def test_the_command_reads_files(mail: Mail, tmp_path: Path) -> None:
    good, other = tmp_path / "1.eml", tmp_path / "2.eml"
    good.write_bytes(returned(mail))
    other.write_bytes(b"Subject: hello\n\n")
    said = StringIO()
    call_command("bounces", str(good), str(other), stdout=said)
    assert said.getvalue() == f"{good}: marked as come back\n{other}: about no mail of this site\n"
    with pytest.raises(CommandError, match="cannot be read: No such file or directory; give the path of a mail in a file"):
        call_command("bounces", str(tmp_path / "3.eml"))


def test_the_desk_of_a_secretariat_tells_whom_mails_do_not_reach(mail: Mail, people: Cast, client: Client) -> None:
    take_bounce(returned(mail))

    def desk(membership: Any) -> str:
        client.force_login(membership.user)
        return client.get("/").content.decode()

    for one in (people.secretariat_host, people.secretariat_japan):
        page = desk(one)
        assert "Mails do not reach 1 person" in page
        assert "Indian participant, indian.participant@example.org" in page
        assert "550 5.1.1 no such user" in page
    assert "Mails do not reach" not in desk(people.co_chair_host)


def test_an_address_that_was_mended_or_came_back_long_ago_is_shown_no_more(mail: Mail, people: Cast) -> None:
    take_bounce(returned(mail))
    assert undelivered(clock.now()) == [mail]
    assert undelivered(clock.now() + timedelta(days=30, seconds=1)) == []
    user = people.participant_host.user
    user.email = "new@example.org"
    user.save(update_fields=["email"])
    assert undelivered(clock.now()) == []


def test_one_that_was_given_up_is_shown_too(mail: Mail) -> None:
    Mail.objects.filter(pk=mail.pk).update(sent_at=None, attempts=12, error="OSError: away")
    assert undelivered(clock.now()) == [mail]
