"""People with factors, and codes as their apps would show them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from apps.accounts.models import AccountMail, User

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ACCOUNT, LOGIN = "/accounts/", "/accounts/login/"


def with_password(user: User) -> User:
    """Somebody whose password is known to the test."""
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(user: User) -> User:
    """Somebody with an authenticator app."""
    TOTP.activate(user, SECRET)
    return user


def with_codes(user: User) -> list[str]:
    """Recovery codes of somebody."""
    return RecoveryCodes.activate(user).generate_codes()


def with_passkey(user: User, name: str = "Laptop") -> Authenticator:
    """A passkey that nobody can use, for what only asks whether there is one."""
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": {}})


def code(secret: str = SECRET) -> str:
    """What the app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def signed_in(client: Client, user: User, **more: str) -> Any:
    """The answer to an address and a password."""
    return client.post(LOGIN, {"username": user.email, "password": PASSWORD, **more})


def confirmed(client: Client, path: str, **more: str) -> Any:
    """The answer where somebody shows by their password that it is them."""
    return client.post(path, {"confirm-way": "password", "confirm-password": PASSWORD, **more})


def links(address: str) -> list[str]:
    """The paths of the links in mails to an address, the newest first."""
    mails = AccountMail.objects.filter(address=address).order_by("-pk")
    return [word.partition("8000")[2] for mail in mails for word in mail.text.split() if word.startswith("http")]
