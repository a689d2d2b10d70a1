"""A real program on this machine that is told of events, and checks who speaks to it."""

from __future__ import annotations

import hmac
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


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
def receiving(papers: Path | None = None) -> Iterator[Receiver]:
    """A server on a free port of this machine; encrypted where it has a certificate."""
    receiver = Receiver()
    handler = type("Handler", (Answering,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if papers is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(papers)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.url = f"http{'s' if papers else ''}://127.0.0.1:{server.server_address[1]}/jcm?from=india"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def papers_for(name: str, folder: Path) -> Path:
    """A key and its own certificate of a name, in one file."""
    key, who = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    file = folder / "papers.pem"
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(plain + certificate.public_bytes(Encoding.PEM))
    return file
