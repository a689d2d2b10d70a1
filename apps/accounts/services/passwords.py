"""Passwords: set by their holder, or anew by a link that only the holder's mailbox gets."""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from apps.accounts.kinds import Happening
from apps.accounts.models import User
from apps.accounts.render import letter_with_reset
from apps.accounts.selectors import of_address
from apps.accounts.services.happenings import happened
from apps.accounts.services.mails import wait_to_be_sent


def send_reset(address: str) -> None:
    """Have a link sent with which the password of an account is set anew. For an address without account nothing is done."""
    user = of_address(address)
    if user is not None:
        wait_to_be_sent(letter_with_reset(user, default_token_generator.make_token(user)))


def set_password(user: User, password: str, kind: Happening, *, agent: str, but: str | None = None) -> None:
    """Set a password that was judged good; every other session of the person ends and they are told."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        happened(user, kind, agent=agent, but=but)
