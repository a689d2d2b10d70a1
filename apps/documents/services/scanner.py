"""A client of clamd, the daemon of ClamAV, by TCP or by a socket of this machine. Source: clamd(8), its commands.

Written here, since the libraries for it are under the GPL, no longer kept, or know no sockets of the machine.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

CHUNK = 64 * 1024
TIMEOUT = 60.0  # seconds, for each exchange
LONGEST_REPLY = 4096
FOUND, CLEAN = " FOUND", "stream: OK"
NAME, CARRIES = 100, 200


class Away(Exception):
    """The scanner cannot be reached, or breaks off: any other file would fare alike."""


class Unable(Exception):
    """The scanner answers that it cannot judge this file."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the scanner said of a file: what it carries, empty for nothing, and by which signatures it was judged."""

    carries: str
    scanner: str
    signatures: str = ""
    signatures_on: date | None = None


def ask(path: Path) -> Reply:
    """Have a file judged. Raises Away, Unable, and OSError when the file cannot be read."""
    with path.open("rb") as file:
        scanner, signatures, made_on = _version(_said("VERSION", ()))
        said = _said("INSTREAM", iter(lambda: file.read(CHUNK), b""))
    if said == CLEAN:
        return Reply("", scanner, signatures, made_on)
    if not said.endswith(FOUND):
        raise Unable(said or "no answer")
    return Reply(said.removeprefix("stream: ").removesuffix(FOUND)[:CARRIES], scanner, signatures, made_on)


def answers(timeout: float) -> bool:
    """Whether the scanner is there."""
    try:
        with _connected(timeout) as scanner:
            scanner.sendall(b"zPING\0")
            return _reply(scanner) == "PONG"
    except Away:
        return False


def _said(command: str, chunks: Iterator[bytes] | tuple[bytes, ...]) -> str:
    with _connected(TIMEOUT) as scanner:
        scanner.sendall(b"z%s\0" % command.encode())
        # Of a stream that it does not take whole it says so, and listens no longer.
        with suppress(BrokenPipeError, ConnectionResetError):
            for chunk in chunks:
                scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
            if command == "INSTREAM":
                scanner.sendall(struct.pack("!L", 0))
        return _reply(scanner)


@contextmanager
def _connected(timeout: float) -> Iterator[socket.socket]:
    """A connection to the scanner. Raises Away, also for what happens to it inside the block."""
    address: str = settings.CLAMD
    try:
        if address.startswith("/"):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as scanner:
                scanner.settimeout(timeout)
                scanner.connect(address)
                yield scanner
            return
        host, _colon, port = address.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), timeout) as scanner:
            yield scanner
    except OSError as error:
        raise Away(f"{type(error).__name__}: {error}") from error


def _reply(scanner: socket.socket) -> str:
    """One answer, which a zero byte or the end of the connection ends. Raises Away when there is none."""
    said = b""
    while b"\0" not in said and len(said) < LONGEST_REPLY and (more := scanner.recv(LONGEST_REPLY)):
        said += more
    if not said:
        raise Away("the scanner broke off")
    return said.partition(b"\0")[0].decode(errors="replace").strip()


def _version(said: str) -> tuple[str, str, date | None]:
    """Name, signatures and their day of an answer such as `ClamAV 1.4.2/27450/Thu Nov 26 09:21:01 2026`."""
    name, _slash, rest = said.partition("/")
    signatures, _slash, made = rest.partition("/")
    try:
        made_on = datetime.strptime(made, "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC).date()
    except ValueError:
        made_on = None
    return name[:NAME], signatures[:40], made_on
