"""`make up` as people start it: one clear line when it cannot, everything gone when it stops."""

import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import psutil
import psycopg
import pytest

from jcm import up
from jcm.embedded import Broker, Postgres
from tests.worker import wait_for

STARTED: "list[subprocess.Popen[str]]" = []
TAKEN_OUT = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SITE_URL", "DJANGO_SETTINGS_MODULE")


@pytest.fixture
def var(folder: Path) -> Iterator[Path]:
    """A folder for a site, and no site in it afterwards."""
    yield folder
    while STARTED:
        with STARTED.pop() as site:
            site.send_signal(signal.SIGINT)


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((up.HOST, 0))
        free: int = probe.getsockname()[1]
    return free


def start(port: int | str, var: Path, **environment: str) -> "subprocess.Popen[str]":
    clean = {key: value for key, value in os.environ.items() if key not in TAKEN_OUT}
    site = subprocess.Popen(
        [sys.executable, "-m", "jcm.up", "--port", str(port)],
        env={**clean, "JCM_VAR": str(var), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    STARTED.append(site)
    return site


def refusal(port: int | str, var: Path, **environment: str) -> str:
    """What a start that cannot work says: one line, and exit status 2."""
    process = start(port, var, **environment)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2, said
    assert said.count("\n") == 1, said
    return said.strip()


@pytest.mark.parametrize("word", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none(word: str) -> None:
    with pytest.raises(up.embedded.Unusable, match=f"^PORT must be a number from 1 to 65535, not '{word}'.$"):
        up.port_number(word)


def test_a_port_in_use(var: Path) -> None:
    with socket.socket() as other:
        other.bind((up.HOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        expected = f"Port {taken} cannot be used (Address already in use): choose another with `make up PORT=...`."
        assert refusal(taken, var) == expected
    assert not (var / "postgres").exists()


def test_a_folder_that_cannot_be_written(var: Path, port: int) -> None:
    (var / "file").touch()
    folder = var / "file" / "x"
    assert refusal(port, folder) == f"Cannot write to {folder}: Not a directory. Set JCM_VAR to a folder of your own."


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("host localhost", 'missing "=" after "host" in connection info string'),
        ("postgresql://nobody@127.0.0.1:1/jcm", "Connection refused"),
    ],
)
def test_a_broken_database_address(address: str, why: str, var: Path, port: int) -> None:
    said = refusal(port, var, DATABASE_URL=address)
    assert said.startswith("DATABASE_URL does not work: ")
    assert why in said


def test_a_queue_that_does_not_answer(var: Path, port: int) -> None:
    said = refusal(port, var, REDIS_URL="redis://127.0.0.1:1/0")
    assert said.startswith("REDIS_URL does not work: ")
    assert "Connection refused" in said
    assert not (var / "postgres").exists()


def test_a_database_without_our_roles(var: Path, port: int) -> None:
    server = Postgres(var / "other")
    server.hold()
    execute(server, "create role plain login")
    said = refusal(port, var, DATABASE_URL=server.address("plain", "postgres"))
    assert said == "DATABASE_URL: that server lacks the roles; run `python -m jcm.roles` first (README.md)."
    server.release()


def execute(server: Postgres, statement: str) -> None:
    with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.mark.long
def test_the_site_comes_up_once_and_leaves_nothing(var: Path, port: int) -> None:
    site = start(port, var)
    said = read_until(site, "Ctrl-C stops all of it.")
    assert f"http://localhost:{port}" in said
    assert status(port) == 200
    assert refusal(port, var).startswith(f"This site is already up at http://localhost:{port}")
    everything = family(site)
    site.send_signal(signal.SIGINT)
    site.communicate(timeout=60)
    assert site.returncode == 0
    assert [process for process in everything if process.is_running() and process.status() != psutil.STATUS_ZOMBIE] == []
    assert Postgres(var / "postgres").running() is None
    assert Broker(var / "redis").running() is None
    before = spent()
    site = start(port, var)
    read_until(site, "Ctrl-C stops all of it.")
    site.send_signal(signal.SIGTERM)
    site.communicate(timeout=60)
    assert site.returncode == 0
    assert spent() - before < 10


@pytest.mark.long
def test_servers_that_are_named_are_used(var: Path, port: int) -> None:
    database, queue = Postgres(var / "theirs"), Broker(var / "their-queue")
    database.hold()
    queue.hold()
    execute(database, "create database jcm")
    site = start(port, var, DATABASE_URL=database.address("postgres", "jcm"), REDIS_URL=queue.url)
    said = read_until(site, "Ctrl-C stops all of it.")
    assert "PostgreSQL in" not in said
    assert "Redis in" not in said
    assert status(port) == 200
    site.send_signal(signal.SIGINT)
    site.communicate(timeout=60)
    assert site.returncode == 0
    assert not (var / "postgres").exists()
    assert not (var / "redis").exists()
    assert database.running()
    database.release()
    queue.release()


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_a_killed_site_takes_its_parts_along_and_starts_again(var: Path, port: int) -> None:
    site = start(port, var)
    read_until(site, "Ctrl-C stops all of it.")
    parts = family(site)
    site.kill()
    site.communicate()
    wait_for(lambda: not [part for part in parts if part.is_running() and part.status() != psutil.STATUS_ZOMBIE])
    site = start(port, var)
    read_until(site, "Ctrl-C stops all of it.")
    assert status(port) == 200
    site.send_signal(signal.SIGINT)
    site.communicate(timeout=60)
    assert site.returncode == 0


def read_until(site: "subprocess.Popen[str]", words: str) -> str:
    assert site.stdout
    said = ""
    for line in site.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said + (site.stderr.read() if site.stderr else ""))


def spent() -> float:
    """Seconds of processor time that ended children used: unlike the clock's, they do not depend on who else works here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def status(port: int) -> int:
    connection = HTTPConnection(up.HOST, port, timeout=10)
    try:
        connection.request("GET", up.LOGIN)
        return connection.getresponse().status
    finally:
        connection.close()


def family(site: "subprocess.Popen[str]") -> list[psutil.Process]:
    """The web server, the worker, beat, and what they started."""
    found = psutil.Process(site.pid).children(recursive=True)
    assert len(found) >= 3
    return found
