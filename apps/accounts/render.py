"""The two sides in words, and the mails about accounts. The letters and the name of the partner come from JCM_PARTNER."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from apps.accounts.models import AccountMail, Invitation, Membership, Occurrence, User
from apps.accounts.roles import Capacity, Role, Side
from apps.core import clock

PARTNERS = (gettext_noop("India"),)  # names that JCM_PARTNER may hold, for the catalogues
JAPAN_CODE, ENGLISH = "JP", "en"


def side_name(side: str) -> str:
    """The country of a side in the reader's language. Raises ValueError for what is no side."""
    return _("Japan") if Side(side) is Side.JAPAN else _(settings.JCM_PARTNER["name"])


def capacity_name(one: Capacity) -> str:
    """A capacity as readers are told of it: "Secretariat (India)"; a role of either side by its name alone."""
    if one.side is None:
        return str(one.role.label)
    return _("%(role)s (%(country)s)") % {"role": one.role.label, "country": side_name(one.side)}


def membership_words(membership: Membership) -> str:
    """A membership in one line: its role and its organisation."""
    return " · ".join(role_at(membership.as_role, membership.organisation.name))


def role_at(role: Role, organisation: str) -> list[str]:
    """A role and the organisation that it is held for; one of the two where it is named by its role, in English."""
    label, name = str(role.label), organisation.casefold()
    if name.startswith(label.casefold()):
        return [organisation]
    return [label] if name.startswith(_in_english(role).casefold()) else [label, organisation]


@cache
def _in_english(role: Role) -> str:
    with override(ENGLISH):
        return str(role.label)


def side_code(side: str) -> str:
    """The two letters of a side. Raises ValueError for what is no side."""
    return JAPAN_CODE if Side(side) is Side.JAPAN else settings.JCM_PARTNER["code"]


# --- Mails about accounts -------------------------------------------------------------------------

# What only informs is still worth sending after so long.
WORTH_TELLING = timedelta(days=3)


def letter_about(occurrence: Occurrence) -> AccountMail:
    """Tells the holder of an account what happened to it, and what to do if it was not them."""
    context = {"what": occurrence.get_kind_display, "at": occurrence.at, "agent": browser_words(occurrence.agent)}
    return _letter("happened", occurrence.user, clock.now() + WORTH_TELLING, **context, url=_url("account"))


def letter_with_reset(user: User, token: str) -> AccountMail:
    """The link with which a password is set anew."""
    number = urlsafe_base64_encode(force_bytes(user.pk))
    ends_at = clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return _letter("reset", user, ends_at, url=_url("password-new", number, token))


def letter_of_invitation(invitation: Invitation, token: str) -> AccountMail:
    """The link of an invitation."""
    to = User(email=invitation.email, name=invitation.name, language=invitation.language)
    return _letter("invitation", to, invitation.ends_at, invitation=invitation, url=_url("invitation", token))


def _url(name: str, *arguments: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def _letter(template: str, to: User, ends_at: datetime, **context: Any) -> AccountMail:
    """The first line of a letter is its subject."""
    with override(to.language):
        # Nothing of plain text is markup.
        written = unescape(
            render_to_string(f"accounts/mail/{template}.txt", {"to": to, "site": settings.MFA_TOTP_ISSUER, **context})
        )
    subject, _separator, text = written.strip().partition("\n")
    at = clock.now()
    return AccountMail(
        user=to if to.pk else None, address=to.email, subject=subject.strip()[:200], text=text.strip() + "\n",
        made_at=at, next_attempt_at=at, ends_at=ends_at,
    )  # fmt: skip


# Names of browsers and systems as they stand in what a browser calls itself; the first that is there counts.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """A browser and its system by their names, as "Firefox, Windows"; empty where neither is known."""
    found = [next((name for mark, name in names if mark in agent), "") for names in (BROWSERS, SYSTEMS)]
    return _(", ").join(one for one in found if one)
