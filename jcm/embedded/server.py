"""What the embedded database and broker share: a folder, locks on it, and a child that must not outlive its users."""

import atexit
import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, ClassVar

import psutil

LONGEST_SOCKET = 103
"""Bytes that every system accepts as the name of a socket (macOS 103, Linux 107)."""


class Unusable(Exception):
    """A server that cannot be had; the message is one line for the person who started it."""


class Server:
    """A server program over a folder, kept running while anybody holds it.

    Every user holds a shared lock; the kernel drops the lock of a killed one, so
    whoever lets go last knows it, and stops the server.
    """

    name: ClassVar[str]
    program: ClassVar[tuple[str, ...]]
    socket_file: ClassVar[str]

    def __init__(self, data: Path) -> None:
        """Describe the server over `data`; nothing is started."""
        self.data = data.resolve()
        self._users: IO[str] | None = None

    @property
    def sockets(self) -> Path:
        """The folder of the socket: the data folder while its name is short enough, else one in the temporary folder."""
        if len(os.fsencode(self.data / self.socket_file)) <= LONGEST_SOCKET:
            return self.data
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"jcm-{os.geteuid()}-{digest}"

    def hold(self) -> bool:
        """Keep the server running until this process ends or releases it. True when it had to be started.

        Raises:
            Unusable: when the folder cannot be written or the server does not come up.
        """
        if self._users is not None:
            return False
        try:
            self.data.parent.mkdir(parents=True, exist_ok=True)
            users = self._side_file("users")
        except OSError as error:
            raise Unusable(f"Cannot write to {self.data.parent}: {error.strerror}.") from error
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            started = self.start()
        except BaseException:
            users.close()
            raise
        self._users = users
        atexit.register(self.release, os.getpid())
        return started

    def release(self, owner: int | None = None) -> None:
        """Let go; the last one out stops the server. Forked children inherit the handler, not the duty."""
        if self._users is None or owner not in {None, os.getpid()}:
            return
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.stop()
            self._leave_sockets()
        self._users.close()
        self._users = None

    def start(self) -> bool:
        """Start the server unless it runs. True when it had to be started."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        raise NotImplementedError

    def pid(self) -> int | None:
        """The process number that the server noted, whether or not it still lives."""
        raise NotImplementedError

    def running(self) -> psutil.Process | None:
        """The server's process. The number alone is never trusted: it may be reused, or a zombie's."""
        try:
            process = psutil.Process(self.pid() or -1)
            ours = process.name() in self.program and process.cwd() == str(self.data)
            alive = process.status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError):
            return None
        return process if ours and alive else None

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One starter at a time."""
        with self._side_file("lock") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _side_file(self, suffix: str) -> IO[str]:
        return (self.data.parent / f".{self.data.name}.{suffix}").open("a", encoding="utf-8")

    def _leave_sockets(self) -> None:
        if self.sockets != self.data:
            with contextlib.suppress(OSError):  # it is gone already, or not empty
                self.sockets.rmdir()

    def _own_sockets(self) -> None:
        if self.sockets == self.data:
            return
        own(self.sockets)
        if self.sockets.stat().st_uid not in {os.geteuid(), credentials().get("user", os.geteuid())}:
            raise Unusable(f"{self.sockets} belongs to somebody else; remove it or set TMPDIR to a folder of your own.")


def credentials() -> dict[str, Any]:
    """Popen's arguments for a server's child: servers refuse to be root, so root starts them as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def own(folder: Path) -> None:
    """Make a folder that only the server's user can enter."""
    folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    child = credentials()
    if child and folder.stat().st_uid == os.geteuid():
        shutil.chown(folder, child["user"], child["group"])
    let_through(folder)


def let_through(path: Path) -> None:
    """Let the server's user pass (never read) the folders above a path; each change is printed."""
    if not credentials():
        return
    for folder in reversed(path.resolve().parents):
        mode = folder.stat().st_mode
        wanted = mode | stat.S_IXGRP | stat.S_IXOTH
        if mode != wanted:
            folder.chmod(stat.S_IMODE(wanted))
            print(f"Made {folder} passable (o+x) for the database, which cannot run as root.", file=sys.stderr)
