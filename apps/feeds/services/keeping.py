"""Secrets of webhooks as they are kept: enciphered with a key that is made of the site's own secret."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"secrets of webhooks"


class Unreadable(ValueError):
    """A secret was enciphered with a key that the site no longer has."""


def enciphered(secret: str) -> str:
    """A secret as the database has it."""
    return _keys().encrypt(secret.encode()).decode()


def deciphered(kept: str) -> str:
    """A secret again. Raises Unreadable where the site's secret, and those of before that it was told, are others."""
    try:
        return _keys().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("the secret was made under another key of the site; renew it") from error


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_key(one)) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> bytes:
    return urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(secret.encode()))
