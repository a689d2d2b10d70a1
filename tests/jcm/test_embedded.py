"""The starter of the embedded servers, with real servers in folders of their own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from jcm.embedded import FAST_AND_LOOSE, Broker, Postgres, Unusable
from jcm.embedded.roles import bootstrap, grant_login
from tests.worker import wait_for

HOLDER = """
import json, sys
from pathlib import Path
from jcm.embedded import FAST_AND_LOOSE, Broker, Postgres
kind, folder = sys.argv[1:]
server = Postgres(Path(folder), FAST_AND_LOOSE) if kind == "postgres" else Broker(Path(folder))
started = server.hold()
print(json.dumps({"started": started, "pid": server.pid()}), flush=True)
sys.stdin.readline()
"""


def holder(kind: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", HOLDER, kind, str(folder)], stdin=-1, stdout=-1, text=True)


def report(process: "subprocess.Popen[str]") -> dict[str, int]:
    assert process.stdout
    answer: dict[str, int] = json.loads(process.stdout.readline())
    return answer


def let_go(process: "subprocess.Popen[str]") -> None:
    process.communicate("\n")
    assert process.returncode == 0


def gone(process: psutil.Process) -> bool:
    """Whether it has ended; a container whose first process reaps nobody keeps its name as a zombie's."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def ask(server: Postgres, statement: str) -> object:
    with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    return row and row[0]


def execute(server: Postgres, statement: str) -> None:
    with psycopg.connect(server.address("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("kind", ["postgres", "redis"])
def test_of_many_that_start_at_once_one_starts_it_and_the_last_stops_it(kind: str, folder: Path) -> None:
    users = [holder(kind, folder / "data") for _ in range(4)]
    answers = [report(user) for user in users]
    assert sorted(answer["started"] for answer in answers) == [False, False, False, True]
    assert len({answer["pid"] for answer in answers}) == 1
    server = psutil.Process(answers[0]["pid"])
    for user in users[:3]:
        let_go(user)
    assert not gone(server)
    let_go(users[3])
    assert gone(server)


def test_a_killed_holder_does_not_keep_the_server_for_ever(folder: Path) -> None:
    killed = holder("redis", folder / "data")
    server = psutil.Process(report(killed)["pid"])
    killed.kill()
    killed.communicate()
    assert not gone(server)
    next_one = holder("redis", folder / "data")
    assert report(next_one) == {"started": False, "pid": server.pid}
    let_go(next_one)
    assert gone(server)


def test_a_killed_database_comes_back_with_what_was_committed(folder: Path) -> None:
    server = Postgres(folder / "data")
    server.hold()
    execute(server, "create table kept as select 42 as answer")
    process = server.running()
    assert process
    backends = process.children()
    process.send_signal(signal.SIGKILL)
    wait_for(lambda: not server.running())
    psutil.wait_procs(backends, timeout=20)
    assert server.start() is True
    assert ask(server, "select answer from kept") == 42
    server.release()
    assert server.running() is None


def test_a_stale_number_that_is_now_somebody_elses_is_neither_trusted_nor_signalled(folder: Path) -> None:
    server = Postgres(folder / "data", FAST_AND_LOOSE)
    server.hold()
    note = (server.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")
    server.stop()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        (server.data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *note[1:]]), encoding="utf-8")
        assert server.running() is None
        server.stop()
        assert stranger.poll() is None
        assert server.start() is True
        assert ask(server, "select 1") == 1
        server.release()
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("name", ["with a space", "デー タ", "x" * 120], ids=["space", "unicode", "long"])
def test_any_folder_will_do(name: str, folder: Path) -> None:
    server = Postgres(folder / name / "data", FAST_AND_LOOSE)
    assert server.hold() is True
    assert len(os.fsencode(server.sockets / server.socket_file)) <= 103
    assert ask(server, "show timezone") == "UTC"
    assert ask(server, "select datlocale from pg_database where datname = 'postgres'") == "C.UTF-8"
    server.release()
    assert server.running() is None
    assert server.sockets == server.data or not server.sockets.exists()


def test_the_broker_keeps_what_it_accepted_through_a_kill(folder: Path) -> None:
    broker = Broker(folder / "data")
    assert broker.hold() is True
    with redis.Redis(unix_socket_path=str(broker.socket)) as client:
        client.rpush("tasks", "one", "two")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    process = broker.running()
    assert process
    process.kill()
    wait_for(lambda: not broker.running())
    assert broker.start() is True
    with redis.Redis(unix_socket_path=str(broker.socket)) as client:
        assert client.lrange("tasks", 0, -1) == [b"one", b"two"]
    broker.release()
    assert broker.running() is None


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(Unusable, match=rf"^Cannot write to {folder}/file/x: Not a directory\.$"):
        Postgres(folder / "file" / "x" / "data").hold()


def test_without_binaries_the_remedy_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(Unusable, match=r"no embedded PostgreSQL .* set DATABASE_URL"):
        Postgres(folder / "postgres").hold()
    with pytest.raises(Unusable, match=r"no embedded Redis .* set REDIS_URL"):
        Broker(folder / "redis").hold()


def test_roles_let_the_application_change_rows_and_never_the_schema(folder: Path) -> None:
    server = Postgres(folder / "data", FAST_AND_LOOSE)
    server.hold()
    admin = server.address("postgres", "postgres")
    for _ in range(2):
        bootstrap(admin, "jcm")
    with psycopg.connect(server.address("postgres", "jcm")) as owner:
        owner.execute("set role jcm_owner")
        owner.execute("create table row (id bigint generated always as identity, word text)")
    with psycopg.connect(server.address("jcm_app", "jcm"), autocommit=True) as application:
        application.execute("insert into row (word) values ('a')")
        application.execute("update row set word = 'b'")
        assert application.execute("select word from row").fetchone() == ("b",)
        for refused in ("create table other (id int)", "drop table row", "truncate row", "set role jcm_owner"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(refused)
    with psycopg.connect(server.address("jcm_ro", "jcm"), autocommit=True) as reader:
        assert reader.execute("select word from row").fetchone() == ("b",)
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            reader.execute("delete from row")
    grant_login(admin, "jcm_migrator", "jcm_owner", "secret")
    with psycopg.connect(server.address("jcm_migrator", "jcm")) as migrator:
        migrator.execute("set role jcm_owner")
    server.release()
