"""The database and the broker of a one-machine site, used where DATABASE_URL or REDIS_URL is unset."""

import os
from functools import cache
from pathlib import Path

from jcm import environ
from jcm.embedded.broker import Broker
from jcm.embedded.postgres import FAST_AND_LOOSE, Postgres
from jcm.embedded.roles import bootstrap
from jcm.embedded.server import Server, Unusable

__all__ = ["DATABASE", "FAST_AND_LOOSE", "VAR", "Broker", "Postgres", "Unusable", "broker", "postgres", "start_missing"]

VAR = Path(environ.text("JCM_VAR") or Path(__file__).resolve().parents[2] / "var").resolve()
"""What this site keeps: database, queue, documents, secret key."""

DATABASE = "jcm"


@cache
def postgres() -> Postgres:
    """The site's own cluster."""
    return Postgres(VAR / "postgres")


@cache
def broker() -> Broker:
    """The site's own queue."""
    return Broker(VAR / "redis")


def start_missing() -> list[Server]:
    """Hold a server for each address that is not set, until this process ends; those it had to start.

    Raises:
        Unusable: with the one line to show.
    """
    started: list[Server] = []
    if "DATABASE_URL" not in os.environ and postgres().hold():
        bootstrap(postgres().address("postgres", "postgres"), DATABASE)
        started.append(postgres())
    if "REDIS_URL" not in os.environ and broker().hold():
        started.append(broker())
    return started
