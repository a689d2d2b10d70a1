"""Values as bytes that everybody writes alike, so that a hash of them can be checked anywhere."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

# What no record may hold: the numbers of JSON are binary fractions, and readers round them differently.
REFUSED = (float, bytes)


def canonical(value: Any) -> bytes:
    """A value as canonical JSON (RFC 8785) with every text in normal form C.

    Raises TypeError for a float: amounts are texts.
    """
    return rfc8785.dumps(normal(value))


def normal(value: Any) -> Any:
    """The same value with its texts in normal form C."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {normal(str(name)): normal(one) for name, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [normal(one) for one in value]
    if isinstance(value, REFUSED):
        raise TypeError(f"{value!r} has no place in a record: write amounts as texts")
    return value


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
