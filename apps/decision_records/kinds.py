"""The format of a decision record: its name and version, and what a key is called."""

from __future__ import annotations

from apps.core.canonical import sha256

FORMAT, FORMAT_VERSION = "jcm-decision-record", "1"
BUNDLE_FORMAT, BUNDLE_VERSION = "jcm-proof-bundle", "1"
ALGORITHM = "Ed25519"
LANGUAGES = ("en", "ja", "hi")
KEY_ID_LENGTH = 16


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
