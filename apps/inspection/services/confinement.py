"""Having a file read by a child process behind walls, whatever it does to that child."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from apps.inspection.confined.child import DONE, TOO_MUCH

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from apps.inspection.confined.child import main; main()"
# A child that waits for something, instead of computing, is ended after this.
LONGEST_SECONDS = 60
LARGEST_ANSWER = 64 * 1024 * 1024
ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}


class Unreadable(Exception):
    """The child ended without an answer: it took too much, or what it read was broken."""

    def __init__(self, job: str, cpu_seconds: float, *, too_much: bool) -> None:
        super().__init__(f"{job}: {'took too much' if too_much else 'could not be done'}")
        self.cpu_seconds, self.too_much = cpu_seconds, too_much


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child found, which walls stood around it, and what it took; its memory is 0 where the system does not tell."""

    found: Any
    walls: tuple[str, ...]
    cpu_seconds: float
    peak_bytes: int


def confined(job: str, *paths: Path, **parameters: Any) -> Any:
    """What a job finds in files, each given to it opened. The job is `apps.APP.confined.MODULE:FUNCTION` and imports no Django.

    It has 512 MB, 20 s of processor time, no network and no other files (`confined/walls.py`). What it takes and
    gives can be written as JSON. Raises Unreadable when it ends without an answer, OSError when a file is not there.
    """
    return answered(job, paths, parameters).found


def answered(job: str, paths: Sequence[Path], parameters: dict[str, Any]) -> Answer:
    """The same with what the child used. Raises as `confined` does."""
    with ExitStack() as opened:
        numbers = [opened.enter_context(path.open("rb")).fileno() for path in paths]
        command = [sys.executable, "-I", "-c", PROGRAM, job, json.dumps(numbers), json.dumps(parameters)]
        with _started(command, numbers) as child:
            assert child.stdout is not None  # noqa: S101 # reason: it was asked for
            written = child.stdout.read(LARGEST_ANSWER + 1)
            if len(written) > LARGEST_ANSWER:
                child.kill()
            cpu_seconds = _ended(child)
    code = child.returncode
    if code != DONE or len(written) > LARGEST_ANSWER:
        logger.warning("%s ended with %s", job, code)
        raise Unreadable(job, cpu_seconds, too_much=code in {TOO_MUCH, -9, -24} or len(written) > LARGEST_ANSWER)
    told = json.loads(written)
    return Answer(told["found"], tuple(told["walls"]), cpu_seconds, told["peak_bytes"])


@contextmanager
def _started(command: Sequence[str], files: Sequence[int]) -> Iterator[subprocess.Popen[bytes]]:
    """A child with these files open and nothing else of this process; it is gone when the block ends."""
    child = subprocess.Popen(  # noqa: S603 # reason: the words are our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=files,
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    timer = Timer(LONGEST_SECONDS, child.kill)
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        if child.returncode is None:
            child.kill()
            child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _ended(child: subprocess.Popen[bytes]) -> float:
    """Wait for a child, and give the processor time that it took. Its memory only it can tell: the system counts ours in."""
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime
