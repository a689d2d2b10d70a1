"""What is done each minute: reminding, gathering, mailing."""

from __future__ import annotations

from apps.core import clock
from apps.notifications.services.digests import write_digests
from apps.notifications.services.mailing import send_account_mails, send_mails
from apps.notifications.services.reminding import remind


def send_what_waits() -> int:
    """Write the reminders and digests that are due, then send what waits; returns how many mails were sent."""
    at = clock.now()
    remind(at)
    write_digests(at)
    return send_account_mails() + send_mails()
