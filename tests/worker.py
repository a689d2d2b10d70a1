"""A Celery worker process for tests, and waiting without sleeping blindly."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from jcm.celery import app

T = TypeVar("T")
THREADS, FORKS = ("-P", "threads", "-c", "2"), ("-P", "prefork", "-c", "1")
OPTIONS = ["-l", "info", "--without-gossip", "--without-mingle", "--without-heartbeat"]


def wait_for(found: Callable[[], T], seconds: float = 20) -> T:
    """What the function returns once it is true; an assertion fails when that does not happen in time."""
    until = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < until, f"waited {seconds} s in vain"
        time.sleep(0.01)
    return value


class Worker:
    """One worker process, its log, and its queue."""

    def __init__(self, database: str, queue: str, log: Path, pool: tuple[str, ...] = THREADS, **more: str) -> None:
        """Describe it, with more of its environment; nothing is started."""
        self.queue, self.pool = queue, pool
        self.log = log
        addresses = {"DATABASE_URL": database, "REDIS_URL": settings.CELERY_BROKER_URL}
        self.environment = {**os.environ, **addresses, "JCM_QUEUE": queue, "DJANGO_SETTINGS_MODULE": "tests.settings", **more}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it takes tasks."""
        command = [sys.executable, "-m", "celery", "-A", "jcm", "worker", *self.pool, *OPTIONS]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        wait_for(lambda: " ready." in self.said() or self.process.poll() is not None)
        assert " ready." in self.said(), self.said()

    def stop(self) -> None:
        """Let it finish what it does, and wait until it is gone."""
        if self.process:
            self.process.terminate()
            self.process.wait(30)

    def said(self) -> str:
        """Its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until_idle(self) -> None:
        """Wait until nothing is queued and nothing runs: a task counts as unacknowledged until it has ended."""
        wait_for(lambda: self._idle() and not time.sleep(0.05) and self._idle())

    def forget_messages(self) -> None:
        """Drop what is queued or was never acknowledged: it would come again in the middle of a test ten minutes from now."""
        with app.connection_for_write() as connection:
            connection.default_channel.client.delete(self.queue, "unacked", "unacked_index")

    def _idle(self) -> bool:
        assert self.process
        assert self.process.poll() is None, self.said()
        with app.connection_for_read() as connection:
            client = connection.default_channel.client
            return not client.llen(self.queue) and not client.hlen("unacked")
