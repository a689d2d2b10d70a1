"""The child: takes one job with open files, raises the walls, does it, and answers in JSON."""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from apps.inspection.confined.walls import raise_walls

# A job lives in a folder of this name, so that nothing else of the site is ever run here.
JOB = re.compile(r"(apps\.[a-z0-9_]+\.confined\.[a-z0-9_]+):([a-z0-9_]+)")
# How the child ends by itself: in order, or out of memory or time. Any other end is a failure.
DONE, TOO_MUCH = 0, 7

STATUS = Path("/proc/self/status")
PEAK = re.compile(rb"VmHWM:\s+(\d+) kB")

Job = Callable[..., Any]


class TooMuch(Exception):
    """What a file asks for is more than is given."""


def main() -> None:
    """Do the job that stands on the command line: its name, the numbers of the open files, its parameters in JSON."""
    name, files, parameters = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
    job, memory = named(name), own_memory()
    signal.signal(signal.SIGXCPU, _end)
    walls = raise_walls()
    try:
        found = job(*(os.fdopen(number, "rb") for number in files), **parameters)
        answer = json.dumps({"walls": walls, "found": found, "peak_bytes": peak_of(memory)})
    except (MemoryError, RecursionError, TooMuch):
        os._exit(TOO_MUCH)
    sys.stdout.write(answer)
    sys.stdout.flush()
    # What the libraries would do at the end is nothing that anybody needs.
    os._exit(DONE)


def named(name: str) -> Job:
    """The function of a job. It is imported, with all that it needs, before the walls stand."""
    found = JOB.fullmatch(name)
    if found is None:
        raise ValueError(name)
    job: Job = getattr(importlib.import_module(found[1]), found[2])
    return job


def own_memory() -> BinaryIO | None:
    """What the system tells of this process, opened before the walls stand; None where it tells nothing."""
    return STATUS.open("rb", buffering=0) if STATUS.exists() else None


def peak_of(memory: BinaryIO | None) -> int:
    """The most memory that this process had, in bytes; 0 where it is not known."""
    found = PEAK.search(memory.read(65536)) if memory is not None else None
    return int(found[1]) * 1024 if found else 0


def _end(_signal: int, _frame: object) -> None:
    os._exit(TOO_MUCH)
