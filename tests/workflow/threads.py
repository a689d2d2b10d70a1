"""Several at once, each in a thread and on a connection of its own, under the clock of whoever starts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from threading import Barrier
from typing import TypeVar

import psycopg
from django.conf import settings
from django.db import connection

from apps.core.errors import Refusal
from apps.workflow.models import Subject

T = TypeVar("T")


def at_once(jobs: Sequence[Callable[[], T]]) -> list[T | Refusal]:
    """What each job returned, or the refusal that it met; all start at the same moment."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T | Refusal:
        try:
            start.wait(20)
            return job()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [one.result() for one in [pool.submit(copy_context().run, run, job) for job in jobs]]


def outcomes(jobs: Sequence[Callable[[], object]]) -> list[str]:
    """What became of each job: "done", or the first code of its refusal."""
    return [one.codes[0] if isinstance(one, Refusal) else "done" for one in at_once(jobs)]


@contextmanager
def held_by_another(subject: Subject) -> Iterator[None]:
    """Somebody else holds the row of a file."""
    address = settings.TEST_CLUSTER.address("jcm_app", connection.settings_dict["NAME"])
    with psycopg.connect(address) as other:
        other.execute(f"select 1 from {subject._meta.db_table} where id = %s for update", [subject.pk])
        yield
