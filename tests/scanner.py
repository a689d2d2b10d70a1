"""A scanner for tests: a real server that speaks clamd's protocol and knows the EICAR test file."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from types import TracebackType
from typing import Self

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VERSION = "ClamAV 1.4.2/27450/Thu Nov 26 09:21:01 2026"
FOUND = "Eicar-Test-Signature"


class Session(socketserver.StreamRequestHandler):
    """One command, as clamd takes it with a `z` before and a zero byte after."""

    server: Scanner

    def handle(self) -> None:
        command = b""
        while (one := self.rfile.read(1)) not in (b"\0", b""):
            command += one
        answers = {b"zPING": lambda: "PONG", b"zVERSION": lambda: VERSION, b"zINSTREAM": self.judged}
        self.wfile.write(answers[command]().encode() + b"\0")

    def judged(self) -> str:
        """What is said of a stream of pieces, each after its length, up to an empty one."""
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.streams.append(len(content))
        if self.server.says:
            return self.server.says
        return f"stream: {FOUND} FOUND" if EICAR in content else "stream: OK"


class Scanner(socketserver.ThreadingTCPServer):
    """Listens on a port of this machine; `streams` are the sizes of what it was given, `says` an answer instead of its own."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Session)
        self.streams: list[int] = []
        self.says = ""

    @property
    def address(self) -> str:
        """As the setting CLAMD names it."""
        return "{}:{}".format(*self.server_address)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
