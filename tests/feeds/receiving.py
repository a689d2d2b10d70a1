"""A real program on this machine that is told of events, and checks who speaks to it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Receiver:
    """What came in, and how the next messages are answered (200 when nothing else is said)."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def told(self) -> list[dict[str, Any]]:
        """The bodies, as they were understood."""
        return [json.loads(body) for _headers, body in self.got]

    def signed_by(self, secret: str) -> list[bool]:
        """Of each message, whether it was signed with a secret; written anew, and not with the code under test."""
        return [is_signed(headers["JCM-Signature"], secret, body) for headers, body in self.got]


def is_signed(header: str, secret: str, body: bytes) -> bool:
    """Whether a signature is that of a body."""
    at, code = (part.partition("=")[2] for part in header.split(","))
    return code == hmac.new(secret.encode(), at.encode() + b"." + body, sha256).hexdigest()


# Instead of an answer the connection ends.
BREAKS = -1


class Answering(BaseHTTPRequestHandler):
    """Takes every message down."""

    receiver: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.got.append((dict(self.headers), body))
        status = self.receiver.answers.pop(0) if self.receiver.answers else 200
        if status == BREAKS:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in self.receiver.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def do_GET(self) -> None:
        self.receiver.got.append((dict(self.headers), b"{}"))
        self.send_error(500)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
        """Say nothing."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A server on a free port of this machine."""
    receiver = Receiver()
    handler = type("Handler", (Answering,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/jcm?from=india"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
