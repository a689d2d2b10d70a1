"""An S3-compatible service for documents, as the environment names it; without one they are kept on disk."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from jcm import environ

NEEDED = ("S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY")
WHERE = ("S3_ENDPOINT", "S3_REGION")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
# What services of one's own take for the name of their region.
ANY_REGION = "us-east-1"


def documents() -> dict[str, Any]:
    """The entry `documents` of STORAGES; none where no service is named.

    Raises:
        ImproperlyConfigured: when it is named by halves, or by what cannot be one.
    """
    said = {name: environ.text(name) for name in (*NEEDED, *WHERE)}
    if not any(said.values()):
        return {}
    if missing := [name for name in NEEDED if not said[name]]:
        raise ImproperlyConfigured(f"{', '.join(missing)} must be set too, or nothing of S3_* at all")
    if not any(said[name] for name in WHERE):
        raise ImproperlyConfigured("S3_ENDPOINT, the address of the service, must be set too; with Amazon, S3_REGION")
    _refuse_nonsense(said["S3_BUCKET"], said["S3_ENDPOINT"])
    return {"documents": {"BACKEND": "apps.documents.services.bucket.Bucket", "OPTIONS": _options(said)}}


def _refuse_nonsense(bucket: str, endpoint: str) -> None:
    if BUCKET.fullmatch(bucket) is None:
        raise ImproperlyConfigured(f"S3_BUCKET must be the name of a bucket, 3 to 63 of a-z, 0-9, . and -, not {bucket!r}")
    if endpoint and not _is_address(endpoint):
        raise ImproperlyConfigured(f"S3_ENDPOINT must be as https://s3.example.org or http://HOST:PORT, not {endpoint!r}")


def _is_address(said: str) -> bool:
    try:
        parts = urlsplit(said)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and has_port and bare


def _options(said: dict[str, str]) -> dict[str, Any]:
    """What django-storages is told. Who may read a new object is left to the bucket: buckets of today refuse lists of readers."""
    return {
        "bucket_name": said["S3_BUCKET"],
        "endpoint_url": said["S3_ENDPOINT"] or None,
        "region_name": said["S3_REGION"] or ANY_REGION,
        "access_key": said["S3_ACCESS_KEY"],
        "secret_key": said["S3_SECRET_KEY"],
        # Nothing is taken from elsewhere in the environment.
        "security_token": None,
        "session_profile": None,
        "default_acl": None,
        "custom_domain": None,
    }
