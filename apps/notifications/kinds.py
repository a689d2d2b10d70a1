"""Classes of messages, and which of them nobody can switch off."""

from __future__ import annotations

from datetime import time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Why somebody is told. All but news go out by mail at once; news wait for the digest of the day."""

    MUST_ACT = "must_act", _("You are asked to act")
    RECEIVED = "received", _("Your act was received")
    DEADLINE = "deadline", _("A time limit has run out")
    SECURITY = "security", _("Security of an appointment, an account or a document")
    NEWS = "news", _("News of a file")


# Mails of these classes are always sent: who has to act, or has something at stake, cannot be left out.
MANDATORY = (Kind.MUST_ACT, Kind.DEADLINE, Kind.SECURITY)
OPTIONAL = (Kind.RECEIVED, Kind.NEWS)

# What touches the credential that somebody decides with.
SECURITY_EVENTS = frozenset(
    {
        "appointment.renew_credential",
        "appointment.confirm_credential",
        "appointment.use_credential",
        "appointment.withdraw_credential",
    }
)

# The digest of a day is made at this time of the reader's zone, from what came before it.
DIGEST_AT = time(8, 30)
# What lies further back, as in a log that was brought over, is told on the site alone.
MAILED_WITHIN = timedelta(days=14)
# A reminder with this in place of the days that are left tells that the last day has passed.
OVERDUE = -1

# The heartbeat of the mailing: when it last got through to the mail server, or had nothing to send.
MAILS = "mails"

# So many files that wait for the scanner are counted, and no more.
MOST_FILES = 1_000

MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)
# How long a mail that came back is shown to the secretariats.
BOUNCES_SHOWN = timedelta(days=30)
