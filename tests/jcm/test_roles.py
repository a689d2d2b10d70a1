"""`python -m jcm.roles` on a server that asks for passwords."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from jcm.embedded import FAST_AND_LOOSE, Postgres

ADMIN, APPLICATION, OWNER = "DATABASE_ADMIN_URL", "DATABASE_URL", "DATABASE_OWNER_URL"


@pytest.fixture
def server(folder: Path) -> Postgres:
    """A cluster that trusts only its superuser."""
    cluster = Postgres(folder / "data", FAST_AND_LOOSE)
    cluster.hold()
    (cluster.data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n", encoding="utf-8")
    with psycopg.connect(cluster.address("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("select pg_reload_conf()")
    return cluster


def address(server: Postgres, login: str, database: str = "jcm") -> str:
    return f"postgresql://{login}@/{database}?host={quote(str(server.sockets), safe='')}"


def run(**environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")}
    command = [sys.executable, "-m", "jcm.roles"]
    return subprocess.run(command, env={**clean, **environment}, capture_output=True, text=True, check=False)


def test_each_login_gets_its_role_and_its_password(server: Postgres) -> None:
    logins = {APPLICATION: address(server, "jcm_app:a-1"), OWNER: address(server, "jcm_migrator:b-2")}
    for _ in range(2):
        done = run(**{ADMIN: address(server, "postgres", "postgres")}, **logins)
        assert (done.returncode, done.stdout) == (0, "The roles and the database are in place.\n")
    with psycopg.connect(logins[OWNER]) as migrator:
        migrator.execute("set role jcm_owner")
        migrator.execute("create table made (id int)")
    with psycopg.connect(logins[APPLICATION], autocommit=True) as application:
        application.execute("insert into made values (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("set role jcm_owner")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address(server, "jcm_app:b-2"))


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        ({}, 'DATABASE_ADMIN_URL must be set; see README.md, "In production"'),
        ({ADMIN: "host=/nowhere", APPLICATION: "postgresql://jcm_app@db/jcm"}, "DATABASE_URL lacks its password"),
    ],
)
def test_what_is_missing_is_named(addresses: dict[str, str], said: str) -> None:
    done = run(**addresses)
    assert (done.returncode, done.stderr) == (2, f"{said}\n")
