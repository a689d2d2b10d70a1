"""The child: takes one job with open files, raises the walls, does it, and answers in JSON."""

from __future__ import annotations

import importlib
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from apps.inspection.confined.walls import raise_walls

# A job lives in a folder of this name, so that nothing else of the site is ever run here.
JOB = re.compile(r"(apps\.[a-z0-9_]+\.confined\.[a-z0-9_]+):([a-z0-9_]+)")
# How the child ends: in order, out of memory or time, or because it could not do the job.
DONE, TOO_MUCH, FAILED = 0, 7, 9

Job = Callable[..., Any]


class TooMuch(Exception):
    """What a file asks for is more than is given."""


def main() -> None:
    """Do the job that stands on the command line: its name, the numbers of the open files, its parameters in JSON."""
    name, files, parameters = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
    job = named(name)
    signal.signal(signal.SIGXCPU, _end)
    walls = raise_walls()
    try:
        found = job(*(os.fdopen(number, "rb") for number in files), **parameters)
        answer = json.dumps({"walls": walls, "found": found})
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


def size_of(file: BinaryIO) -> int:
    """How many bytes an open file has."""
    return os.fstat(file.fileno()).st_size


def _end(_signal: int, _frame: object) -> None:
    os._exit(TOO_MUCH)
