"""The forms of signing in, and the ministries whose own sign-in (OpenID Connect) the site takes.

SIGN_IN_THROUGH names the ministries; each has variables of its own.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jcm import environ

# In place of django-allauth's own, by its names.
FORMS = {
    "add_webauthn": "apps.accounts.forms.PasskeyForm",
    "login_webauthn": "apps.accounts.forms.SignInPasskeyForm",
    "authenticate_webauthn": "apps.accounts.forms.SecondPasskeyForm",
    "activate_totp": "apps.accounts.forms.AppForm",
    "authenticate": "apps.accounts.forms.CodeForm",
    "reauthenticate": "apps.accounts.forms.ConfirmingCodeForm",
}


@dataclass(frozen=True, slots=True)
class Provider:
    """One of them. `domains` are the endings of the e-mail addresses that it vouches for; of others it says nothing."""

    key: str
    name: str
    issuer: str
    client_id: str
    secret: str
    domains: tuple[str, ...]

    def as_app(self) -> dict[str, Any]:
        """As django-allauth reads it."""
        settings = {"server_url": self.issuer, "oauth_pkce_enabled": True, "domains": self.domains}
        return {
            "provider_id": self.key,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": settings,
        }


def providers() -> list[Provider]:
    """Those that SIGN_IN_THROUGH names, none by default.

    Raises:
        Misconfigured: when a variable of one is missing, or its issuer is not on https.
    """
    return [provider(key) for key in environ.text("SIGN_IN_THROUGH").split()]


def provider(key: str) -> Provider:
    """One that SIGN_IN_THROUGH names, from SIGN_IN_KEY_ISSUER and the like.

    Raises:
        Misconfigured: as `providers`.
    """
    if re.fullmatch("[a-z][a-z0-9]{0,19}", key) is None:
        raise environ.Misconfigured(f"SIGN_IN_THROUGH: {key!r} must be small letters and digits")
    found = {name: _said(f"SIGN_IN_{key.upper()}_{name}") for name in ("NAME", "ISSUER", "CLIENT_ID", "SECRET", "DOMAINS")}
    issuer = urlsplit(found["ISSUER"])
    if issuer.scheme != "https" and issuer.hostname not in {"localhost", "127.0.0.1"}:
        raise environ.Misconfigured(f"SIGN_IN_{key.upper()}_ISSUER must begin with https://")
    domains = tuple(one.lower().lstrip("@") for one in found["DOMAINS"].split())
    return Provider(key, found["NAME"], found["ISSUER"], found["CLIENT_ID"], found["SECRET"], domains)


def _said(name: str) -> str:
    word = environ.text(name).strip()
    if not word:
        raise environ.Misconfigured(f"{name} must be set, since SIGN_IN_THROUGH names it")
    return word
