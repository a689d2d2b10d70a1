"""The words of a public input: who comments, in which language, and why one is withheld."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stakeholder(TextChoices):
    """As what somebody comments. The official form was not found [NF]; these are what such forms usually ask."""

    RESIDENT = "resident", _("Somebody who lives or works near the project")
    PUBLIC = "public", _("Member of the public")
    COMPANY = "company", _("Company or industry association")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisation")
    RESEARCH = "research", _("University or research institute")
    AUTHORITY = "authority", _("Public authority")
    OTHER = "other", _("Other")


class Ground(TextChoices):
    """Why a public input is withheld. No clause was found [NF]; the category is published, and nothing else of the input."""

    PERSONAL = "personal", _("Personal data of others")
    UNLAWFUL = "unlawful", _("Insult, threat or otherwise unlawful content")
    CONFIDENTIAL = "confidential", _("Confidential business information of others")
    ADVERTISING = "advertising", _("Advertising, or sent in masses")
    ELSEWHERE = "elsewhere", _("Not about what the call is about")


class Language(TextChoices):
    """The language in which an input is written."""

    ENGLISH = "en", "English"
    JAPANESE = "ja", "日本語"
    HINDI = "hi", "हिन्दी"
    OTHER = "", _("Another language")


class Outcome(TextChoices):
    """What a secretariat has decided about an input."""

    PUBLISHED = "published", _("published")
    WITHHELD = "withheld", _("withheld")


LONGEST_TEXT = 5_000
# What nobody has written so fast.
LEAST_SECONDS = 4
# A form that was opened longer ago is sent again.
LONGEST_WRITING = timedelta(days=2)

# What may be sent within an hour: from one address of the network (an office or a mobile network has one for many
# people), with one e-mail address, and in all.
HOUR = timedelta(hours=1)
MOST_OF_NETWORK, MOST_OF_ADDRESS, MOST_IN_ALL = 20, 3, 300
# Traces of senders are kept for so long, and what was sent, with its e-mail address, so long after its link has expired.
TRACES_KEPT = timedelta(days=1)
SENT_KEPT = timedelta(days=7)

MOST_ATTEMPTS = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
