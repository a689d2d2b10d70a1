"""The format of a decision record: its name and version, its canonical bytes, and what a key is called."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import rfc8785

FORMAT, FORMAT_VERSION = "jcm-decision-record", "1"
BUNDLE_FORMAT, BUNDLE_VERSION = "jcm-proof-bundle", "1"
ALGORITHM = "Ed25519"
LANGUAGES = ("en", "ja", "hi")
KEY_ID_LENGTH = 16

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


def key_id(public_key: bytes) -> str:
    """What a public key is called: the first half of its SHA-256, sixteen characters."""
    return sha256(public_key)[:KEY_ID_LENGTH]


def position_path(number: int) -> str:
    """Where a proof bundle keeps the position of a number."""
    return f"positions/{number:04d}.json"


def document_path(digest: str, name: str) -> str:
    """Where a proof bundle keeps the bytes of a document: under their hash, with the ending of its name."""
    stem, dot, ending = name.rpartition(".")
    return f"documents/{digest}{dot}{ending.lower()}" if stem else f"documents/{digest}"
