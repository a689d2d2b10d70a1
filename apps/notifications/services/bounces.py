"""Mails that came back: what a delivery status notification (RFC 3464) says is kept with its mail."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message as Part
from email.parser import BytesParser
from email.policy import default
from uuid import UUID

from apps.core import clock
from apps.notifications.models import Mail


def take_bounce(notification: bytes) -> bool:
    """Mark the mail that a notification is about as come back; whether there was one that it is about.

    Delays and successes mark nothing, nor does what is no notification or about no mail of this site. Again is as once.
    """
    parsed = BytesParser(policy=default).parsebytes(notification)
    failures = [one for one in _statuses(parsed) if str(one.get("Action", "")).strip().lower() == "failed"]
    found = Mail.objects.filter(pk__in=_carried(parsed))
    return bool(failures) and any(_mark(mail, failures) for mail in found)


def _statuses(parsed: Part) -> Iterator[Part]:
    """What is said of each recipient: the blocks of the report that name one."""
    for part in parsed.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from (one for one in blocks if isinstance(one, Part) and "Final-Recipient" in one)


def _carried(parsed: Part) -> list[UUID]:
    """The mails whose Message-ID the notification carries back."""
    heads = [one for part in parsed.walk() for one in _heads(part)]
    return [found for one in heads for found in _uuid(str(one))]


def _heads(part: Part) -> list[str]:
    """The Message-ID of a returned mail, or of its head alone."""
    if part.get_content_type() == "text/rfc822-headers":
        returned = BytesParser(policy=default).parsebytes(part.get_payload(decode=True) or b"")  # type: ignore[arg-type] # reason: a text part
        return [str(value) for value in returned.get_all("Message-ID", [])]
    if part.get_content_type() == "message/rfc822":
        return [str(value) for one in part.get_payload() if isinstance(one, Part) for value in one.get_all("Message-ID", [])]
    return []


def _uuid(message_id: str) -> list[UUID]:
    try:
        return [UUID(message_id.strip().strip("<>").partition("@")[0])]
    except ValueError:
        return []


def _mark(mail: Mail, failures: list[Part]) -> bool:
    """Whether one of the failures is about the mail's address."""
    about = [one for one in failures if _address(one) == mail.address.lower()]
    if about and mail.bounced_at is None:
        mail.bounced_at = clock.now()
        mail.bounce = " ".join(str(about[0].get("Diagnostic-Code") or about[0].get("Status") or "").split())[:500]
        mail.save(update_fields=["bounced_at", "bounce"])
    return bool(about)


def _address(status: Part) -> str:
    """The recipient without the kind of its address (`rfc822; name@example.org`)."""
    return str(status.get("Final-Recipient", "")).rpartition(";")[2].strip().lower()
