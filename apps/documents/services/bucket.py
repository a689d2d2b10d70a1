"""The store on an S3-compatible service. Loaded only where the settings name one: its libraries take a while.

Nothing is deleted or replaced there, and no address of it is ever given out.
"""

from __future__ import annotations

import base64
import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage

from apps.core.errors import Problem
from apps.documents.errors import StoreAway

logger = logging.getLogger(__name__)

# Seconds until a service counts as away, and how often it is asked.
CONNECT_TIMEOUT, READ_TIMEOUT, ATTEMPTS = 3, 20, 2
CONFIG = Config(
    connect_timeout=CONNECT_TIMEOUT,
    read_timeout=READ_TIMEOUT,
    retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    signature_version="s3v4",
    # The hash that we send is checked by the service; sums of the library's own not every service knows.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
MISSING, IS_THERE, BEING_WRITTEN = "NoSuchKey", "PreconditionFailed", "ConditionalRequestConflict"


class Bucket(S3Storage):  # type: ignore[misc] # reason: untyped package
    """A bucket, private, with the layout of the store on disk. Raises StoreAway wherever it cannot be relied on."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"client_config": CONFIG, **options})

    def put(self, name: str, path: Path, sha256: str) -> None:
        """Write a file under a name that is not taken. What is there already is left as it is.

        The service compares what arrives with the hash; a name is taken whole or not at all.
        """
        for _attempt in range(ATTEMPTS):
            try:
                with _answering(), path.open("rb") as file:
                    self._call("put_object", Key=name, Body=file, IfNoneMatch="*", ChecksumSHA256=_in_base64(sha256))
            except _Said as said:
                if said.code == IS_THERE:
                    return
                if said.code != BEING_WRITTEN:
                    _away(said)
            else:
                return
        _away(BEING_WRITTEN)

    def fetch(self, name: str, into: BinaryIO) -> None:
        """Write what is kept under a name to a file. Raises FileNotFoundError when nothing is."""
        with self._opened(name) as body, _answering():
            shutil.copyfileobj(body, into)

    def has(self, name: str) -> bool:
        """Whether something is kept under a name."""
        try:
            with self._opened(name):
                return True
        except FileNotFoundError:
            return False

    def url(self, name: str, *_: object, **__: object) -> NoReturn:
        """Documents are handed out by the site alone, to those who may read them."""
        raise NotImplementedError(name)

    @contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        try:
            with _answering():
                body = self._call("get_object", Key=name)["Body"]
        except _Said as said:
            if said.code == MISSING:
                raise FileNotFoundError(name) from said
            _away(said)
        with closing(body):
            yield body

    def _call(self, operation: str, **about: Any) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = getattr(self.connection.meta.client, operation)(Bucket=self.bucket_name, **about)
        return answer


class _Said(Exception):
    """The service answered with an error of this code."""

    def __init__(self, error: ClientError) -> None:
        super().__init__(str(error))
        self.code: str = error.response["Error"]["Code"]


@contextmanager
def _answering() -> Iterator[None]:
    """Raises StoreAway when the service does not answer or breaks off, _Said when it answers that it will not."""
    try:
        yield
    except ClientError as error:
        raise _Said(error) from error
    except BotoCoreError as error:
        _away(error)


def _away(why: object) -> NoReturn:
    logger.error("the store of documents cannot be used: %s", why)
    text = _("the store of documents does not answer; nothing was changed, try again in a few minutes")
    raise StoreAway(Problem("DOC-21", text))


def _in_base64(sha256: str) -> str:
    return base64.b64encode(bytes.fromhex(sha256)).decode()
