"""An object storage for tests: a real server that speaks as much of S3's protocol as the store needs, and checks signatures.

Source: Amazon S3 API reference, PutObject, GetObject, conditional writes; signature version 4.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

ACCESS_KEY, SECRET_KEY, BUCKET, REGION = "jcm", "a secret of the tests", "jcm-documents", "us-east-1"
STATUS = {
    "NoSuchKey": 404, "NoSuchBucket": 404, "AccessDenied": 403, "SignatureDoesNotMatch": 403, "PreconditionFailed": 412,
    "ConditionalRequestConflict": 409, "BadDigest": 400, "NotImplemented": 501, "InternalError": 500,
}  # fmt: skip


class Session(BaseHTTPRequestHandler):
    """One request."""

    server: ObjectStorage
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Nothing is told."""

    def do_PUT(self) -> None:  # reason: so the base class calls it
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(("PUT", self.path, dict(self.headers.items())))
        if wrong := self.refused() or self.server.says:
            self.answer_error(wrong)
            return
        sent = hashlib.sha256(content).digest()
        if self.headers["x-amz-checksum-sha256"] != base64.b64encode(sent).decode():
            self.answer_error("BadDigest")
        elif self.server.write(self.key, content, once=self.headers.get("If-None-Match") == "*"):
            self.answer(200, b"")
        else:
            self.answer_error("PreconditionFailed")

    def do_GET(self) -> None:  # reason: as above
        self.server.asked.append(("GET", self.path, dict(self.headers.items())))
        if wrong := self.refused() or self.server.says:
            self.answer_error(wrong)
        elif (content := self.server.objects.get(self.key)) is None:
            self.answer_error("NoSuchKey")
        else:
            self.answer(200, content, len(content) // 2 if self.server.breaks_off else None)

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}/")

    def refused(self) -> str:
        """Why the request is refused whatever it asks; nothing is open to whoever does not sign."""
        if not self.path.startswith(f"/{BUCKET}/"):
            return "NoSuchBucket"
        said = self.headers.get("Authorization", "")
        if not said:
            return "AccessDenied"
        return "" if said == self.signed(said) else "SignatureDoesNotMatch"

    def signed(self, said: str) -> str:
        """The header `Authorization` as whoever knows the secret key writes it for this request."""
        names = said.partition("SignedHeaders=")[2].partition(",")[0]
        at, day = self.headers["X-Amz-Date"], self.headers["X-Amz-Date"][:8]
        parts = urlsplit(self.path)
        told = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in names.split(";"))
        path = quote(unquote(parts.path), safe="/-_.~")
        asked = "\n".join([self.command, path, parts.query, told, names, self.headers["X-Amz-Content-SHA256"]])
        scope = f"{day}/{REGION}/s3/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(asked.encode()).hexdigest()}"
        key = f"AWS4{SECRET_KEY}".encode()
        for part in (*scope.split("/"), text):
            key = hmac.digest(key, part.encode(), "sha256")
        return f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/{scope}, SignedHeaders={names}, Signature={key.hex()}"

    def answer_error(self, code: str) -> None:
        self.answer(STATUS[code], f"<Error><Code>{code}</Code><Message>As the tests ask</Message></Error>".encode())

    def answer(self, status: int, content: bytes, only: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if only is None else content[:only])
        self.close_connection = self.close_connection or only is not None


class ObjectStorage(ThreadingHTTPServer):
    """Listens on a port of this machine. `says` is an error that it answers whatever is asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.objects: dict[str, bytes] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.says, self.breaks_off = "", False
        self.writing = threading.Lock()

    @property
    def address(self) -> str:
        """As the setting S3_ENDPOINT names it."""
        return "http://{}:{}".format(*self.server_address)

    def write(self, key: str, content: bytes, *, once: bool) -> bool:
        """Write an object, over one of that name unless it is to be written once; whether it was written."""
        with self.writing:
            if once and key in self.objects:
                return False
            self.objects[key] = content
            return True

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()
