"""Posting what waits to be mailed: one after the other over one connection, for as long as the mail server can be reached."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from smtplib import SMTPAuthenticationError, SMTPConnectError, SMTPRecipientsRefused, SMTPServerDisconnected
from time import monotonic
from typing import Generic, TypeVar

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)

# What says that the mail server, not the mail, is in trouble: the others would fail alike.
UNREACHABLE = (OSError, SMTPServerDisconnected, SMTPConnectError, SMTPAuthenticationError)
LONGEST_RUN = 180.0  # seconds

# What the server says of an address that it does not take.
Refused = SMTPRecipientsRefused
Waiting = TypeVar("Waiting")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it goes out, in plain text and, where it is given, in HTML too."""

    subject: str
    text: str
    headers: Mapping[str, str]
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox(Generic[Waiting]):
    """A table of mails. `claim` gives the next that is due, its attempt recorded, so that any number of senders may run at once.

    `taken` writes down that the server took it, `failed` why it did not, `refused` that it does not take the address.
    """

    claim: Callable[[], Waiting | None]
    address: Callable[[Waiting], str]
    write: Callable[[Waiting], Letter]
    taken: Callable[[Waiting], None]
    failed: Callable[[Waiting, Exception], None]
    refused: Callable[[Waiting, Refused], None]


def post(outbox: Outbox[Waiting], *, limit: int) -> tuple[int, bool]:
    """Send up to `limit` mails that wait; returns how many the mail server took, and whether it could be reached.

    A run ends well before a worker would be stopped in the middle of a mail, and at once while the mail server cannot be
    reached. Whatever hinders one mail, the others go out.
    """
    sent, ends_at = 0, monotonic() + LONGEST_RUN
    with _connection() as server:
        for _ in range(limit):
            one = outbox.claim() if monotonic() < ends_at else None
            if one is None:
                break
            try:
                sent += _attempt(outbox, one, server)
            except UNREACHABLE as error:
                outbox.failed(one, error)
                return sent, False
    return sent, True


def _attempt(outbox: Outbox[Waiting], one: Waiting, server: BaseEmailBackend) -> bool:
    """One attempt. Raises what says that the server cannot be reached; of anything else only this mail suffers."""
    try:
        server.open()
        _message(outbox.address(one), outbox.write(one), server).send()
        outbox.taken(one)
    except Refused as refused:
        outbox.refused(one, refused)
    except UNREACHABLE:
        raise
    except Exception as error:  # reason: whatever hinders one mail, the others must go out
        logger.exception("%s could not be written", one)
        outbox.failed(one, error)
    else:
        return True
    return False


def _message(address: str, letter: Letter, server: BaseEmailBackend) -> EmailMultiAlternatives:
    found = EmailMultiAlternatives(letter.subject, letter.text, to=[address], headers=dict(letter.headers), connection=server)
    if letter.html:
        found.attach_alternative(letter.html, "text/html")
    return found


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    """One connection for all mails of a run, opened by the first."""
    server: BaseEmailBackend = get_connection()
    try:
        yield server
    finally:
        server.close()
