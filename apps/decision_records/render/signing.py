"""The site's key of records, from the setting RECORD_SIGNING_KEY, and what it signs."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from apps.core.canonical import sha256
from apps.decision_records.kinds import ALGORITHM, key_id


def signing_key() -> Ed25519PrivateKey:
    """The private half."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.RECORD_SIGNING_KEY))


def public_half(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes that everybody may know."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def current_key() -> dict[str, str]:
    """The public half of the key that signs now."""
    public_key = public_half(signing_key())
    return {"key_id": key_id(public_key), "public_key": public_key.hex()}


def signed(content: bytes) -> dict[str, Any]:
    """A signature over some bytes by the key of now, as a proof bundle holds it."""
    return {
        "algorithm": ALGORITHM,
        "key_id": current_key()["key_id"],
        "sha256": sha256(content),
        "signature": signing_key().sign(content).hex(),
    }
