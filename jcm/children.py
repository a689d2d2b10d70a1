"""Processes that a supervisor starts, listens to, and takes down with it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

PATIENCE = 8.0
"""Seconds that a process gets to finish what it is doing."""

PR_SET_PDEATHSIG = 1


class Child:
    """A named process in a session of its own: the terminal's Ctrl-C reaches only its supervisor, who chooses the order."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], last_words: int = signal.SIGTERM
    ) -> None:
        """Start it; on Linux it gets the signal `last_words` when its supervisor is killed."""
        self.name = name
        tied = partial(die_with_parent, last_words) if sys.platform == "linux" else None
        self.process = subprocess.Popen(
            command,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=tied,  # noqa: PLW1509 - the other threads only print, and hold no lock that this call takes
        )
        self._pump = threading.Thread(target=self._show, daemon=True)
        self._pump.start()

    @property
    def ended(self) -> bool:
        """Whether it is gone."""
        return self.process.poll() is not None

    def wait(self, stop: threading.Event) -> int:
        """Its exit status, once it has ended or has been stopped."""
        while not self.ended and not stop.wait(0.05):
            pass
        finish([self])
        return self.process.returncode

    def bury(self) -> None:
        """Wait for its end and its last words."""
        self.process.wait()
        self._pump.join(PATIENCE)

    def signal(self, number: int) -> None:
        """Signal it and whatever it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def _show(self) -> None:
        assert self.process.stdout  # noqa: S101 - it was opened as a pipe
        with self.process.stdout as lines:
            for line in lines:
                print(f"{self.name:<8}| {line.rstrip()}", flush=True)


def die_with_parent(number: int) -> None:
    """Ask Linux to signal this process when its parent is gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def finish(children: Iterable[Child]) -> None:
    """Ask all to stop, wait, and end those that do not."""
    everybody = list(children)
    alive = [child for child in everybody if not child.ended]
    for child in alive:
        child.signal(signal.SIGTERM)
    if not wait_until(lambda: all(child.ended for child in alive), PATIENCE):
        for child in alive:
            child.signal(signal.SIGKILL)
    for child in everybody:
        child.bury()


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Whether something became true in time."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
