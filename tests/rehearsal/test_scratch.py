"""Scratch databases go, whoever looks into them."""

from __future__ import annotations

from contextlib import nullcontext
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError
from psycopg import sql

from apps.documents.services import ELSEWHERE
from apps.rehearsal import scratch
from tests.worker import wait_for

ASKED = "select count(*) from pg_stat_activity where query = %s and state = 'active'"


@pytest.fixture
def server() -> Any:
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", "postgres"), autocommit=True) as found:
        yield found


def exists(server: psycopg.Connection[Any], name: str) -> bool:
    return server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def test_a_rehearsal_keeps_nothing_in_the_object_storage_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STORAGES", {**settings.STORAGES, ELSEWHERE: {"BACKEND": "a service"}})
    monkeypatch.setattr(scratch.Theatre, "_acting_in_a_copy", lambda _self: nullcontext())
    root = settings.DOCUMENT_ROOT
    with scratch.Theatre({}, "").site("IN", "India"):
        assert ELSEWHERE not in settings.STORAGES
        assert root != settings.DOCUMENT_ROOT
    assert (ELSEWHERE in settings.STORAGES, settings.DOCUMENT_ROOT) == (True, root)


def test_a_scratch_database_is_dropped_though_the_server_itself_is_at_work_there(
    server: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a vacuum of the server's own: nobody else may end it, but it goes by itself when a plain drop waits."""
    name = f"{scratch.PREFIX}_of_this_test"
    server.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
    server.execute(sql.SQL("create database {} owner jcm_owner").format(sql.Identifier(name)))
    guest = psycopg.connect(settings.TEST_CLUSTER.address("postgres", name))
    plain = f'drop database if exists "{name}"'

    def leave_when_asked() -> None:
        wait_for(lambda: (server.execute(ASKED, [plain]).fetchone() or [0])[0])
        guest.close()

    asked: list[str] = []
    owner = psycopg.connect(settings.TEST_CLUSTER.address("postgres", "postgres"), autocommit=True)
    owner.execute("set role jcm_owner")

    def execute(statement: str) -> None:
        asked.append(statement)
        try:
            owner.execute(statement)
        except psycopg.errors.InsufficientPrivilege as refused:
            raise ProgrammingError from refused

    monkeypatch.setattr(scratch, "_execute", execute)
    leaving = Thread(target=leave_when_asked)
    leaving.start()
    scratch._drop([name])
    leaving.join()
    owner.close()
    assert asked == [f"{plain} with (force)", plain]
    assert not exists(server, name)
