"""One message to an address that somebody else chose: resolved first, judged, and called at exactly what was judged."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Timer

from apps.feeds.policies.addresses import Target, may_call, target_of

SECONDS = 5.0
# However slowly an answer drips.
LONGEST = 10.0
MOST_READ = 64 * 1024


class NotSent(Exception):
    """The message did not reach anybody, or nobody answered; says why, in words for whoever keeps the webhook."""


class PlainConnection(HTTPConnection):
    """Talks to an address instead of whatever the name resolves to by now."""

    address = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class SecureConnection(HTTPSConnection):
    """The same, encrypted; the certificate must be that of the name."""

    address = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send a message; returns the status of the answer, whose text is read no further than 64 KB and forgotten.

    No redirect is followed. Raises NotSent: the address is not called, cannot be reached, or gave no answer in time.
    """
    target = target_of(url)
    if target is None:
        raise NotSent("the address is not one that is called")
    try:
        return _exchanged(target, address_of(target), body, headers)
    except (OSError, HTTPException, UnicodeError) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error


def address_of(target: Target) -> str:
    """What a name resolves to. Raises NotSent where any of it lies inside a private network."""
    found = resolved(target)
    for address in found:
        judged = ip_address(address.partition("%")[0])
        if not may_call(judged) or (target.scheme == "http" and not judged.is_loopback):
            raise NotSent(f"{target.host} lies inside a private network ({address}), which is not called")
    return found[0]


def resolved(target: Target) -> list[str]:
    """The addresses of a name. Raises OSError where there are none, or not in time."""
    pool = ThreadPoolExecutor(1)
    try:
        asked = pool.submit(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
        return [str(one[4][0]) for one in asked.result(SECONDS)]
    finally:
        pool.shutdown(wait=False)


def _exchanged(target: Target, address: str, body: bytes, headers: Mapping[str, str]) -> int:
    connection = connection_to(target, address)
    with closing(connection), ends_in_time(connection):
        connection.request("POST", target.path, body, dict(headers))
        answer = connection.getresponse()
        answer.read(MOST_READ)
        return answer.status


def connection_to(target: Target, address: str) -> PlainConnection | SecureConnection:
    """A connection that is still to be opened."""
    kind = SecureConnection if target.scheme == "https" else PlainConnection
    connection = kind(target.host, target.port, timeout=SECONDS)
    connection.address = address
    return connection


@contextmanager
def ends_in_time(connection: HTTPConnection) -> Iterator[None]:
    """Each wait of a socket is bounded by itself; this bounds all of them together."""
    timer = Timer(LONGEST, _hang_up, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
