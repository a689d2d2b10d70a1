"""`make up`: the whole site on one machine, until Ctrl-C.

Starts what no address is set for, migrates, fills an empty database with the sample site, then runs
the web server, a Celery worker and beat. What cannot work gives one line and exit status 2.
"""

import argparse
import fcntl
import http.client
import os
import signal
import socket
import sys
import threading
from tempfile import NamedTemporaryFile
from typing import IO

import kombu
import psycopg
from psycopg.conninfo import conninfo_to_dict

from jcm import embedded, environ
from jcm.children import Child, finish, wait_until
from jcm.embedded.roles import bootstrap

HOST = "127.0.0.1"
LOGIN = "/accounts/login/"
LONGEST_WAIT = 60.0
"""Seconds until the first page must have been served."""

CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "jcm"]
WORKER = ["-P", "threads", "-c", "2", "-l", "warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]
ROOT_IS_FINE = "ignore:You're running the worker with superuser privileges"
"""Celery warns of root because of pickled tasks; only JSON is accepted here."""
WEB = ["--interface", "wsgi", "--no-ws", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
STOP = threading.Event()


class Stopped(Exception):
    """Somebody asked to stop before the site was up."""


def main() -> None:
    """Run the site; exit with 0 after Ctrl-C, 1 when a part ended by itself, 2 when it could not start."""
    arguments = argparse.ArgumentParser(prog="make up", description=__doc__)
    arguments.add_argument("--port", default="8000")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: STOP.set())
    try:
        sys.exit(run(port_number(arguments.parse_args().port)))
    except (embedded.Unusable, environ.Misconfigured) as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
    except Stopped:
        sys.exit(0)


def run(port: int) -> int:
    """Everything between the first check and the last stop; the exit status."""
    with only_one(port):
        check_port(port)
        started = servers()
        environment = addresses(port)
        logins = prepare(environment)
        children = site(port, environment)
        try:
            return watch(port, children, summary(port, logins, started, children))
        finally:
            print("Stopping ...", flush=True)
            finish(children)


# --- What must be so before anything starts -------------------------------------------------------


def port_number(word: str) -> int:
    """The port that somebody typed."""
    if not word.isdecimal() or not 0 < int(word) < 1 << 16:
        raise embedded.Unusable(f"PORT must be a number from 1 to 65535, not {word!r}.")
    return int(word)


def only_one(port: int) -> IO[str]:
    """Hold this folder for one site; close to let go."""
    try:
        embedded.VAR.mkdir(parents=True, exist_ok=True)
        lock = (embedded.VAR / ".up.lock").open("a+", encoding="utf-8")
    except OSError as error:
        why = f"Cannot write to {embedded.VAR}: {error.strerror}. Set JCM_VAR to a folder of your own."
        raise embedded.Unusable(why) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise embedded.Unusable(f"This site is already up at {lock.read().strip()}: stop that one first.") from None
    lock.truncate(0)
    print(f"http://localhost:{port}", file=lock, flush=True)
    return lock


def check_port(port: int) -> None:
    """Refuse a port that somebody else listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            why = f"Port {port} cannot be used ({error.strerror}): choose another with `make up PORT=...`."
            raise embedded.Unusable(why) from error


def servers() -> list[str]:
    """Start what is missing and check what was named; what to tell of it."""
    print("Starting the database and the queue ...", flush=True)
    if "DATABASE_URL" in os.environ:
        check_database(environ.text("DATABASE_URL"))
    if "REDIS_URL" in os.environ:
        check_queue(environ.text("REDIS_URL"))
    return [f"{server.name} in {server.data}" for server in embedded.start_missing()]


def check_database(address: str) -> None:
    """Refuse an address that does not lead to a database with our roles; a superuser's gets them made."""
    try:
        name = str(conninfo_to_dict(address).get("dbname", ""))
        with psycopg.connect(address, connect_timeout=5) as connection:
            answer = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
            known = connection.execute("select 1 from pg_roles where rolname = 'jcm_owner'").fetchone()
    except psycopg.Error as error:
        raise embedded.Unusable(f"DATABASE_URL does not work: {' '.join(str(error).split())}") from error
    if answer and answer[0]:
        bootstrap(address, name)
    elif not known:
        raise embedded.Unusable("DATABASE_URL: that server lacks the roles; run `python -m jcm.roles` first (README.md).")


def check_queue(address: str) -> None:
    """Refuse an address where no broker answers."""
    try:
        with kombu.Connection(address, transport_options={"socket_connect_timeout": 5}) as connection:
            connection.ensure_connection(max_retries=1, timeout=5)
    except Exception as error:
        raise embedded.Unusable(f"REDIS_URL does not work: {' '.join(str(error).split())}") from error


# --- The site -------------------------------------------------------------------------------------


def addresses(port: int) -> dict[str, str]:
    """The environment of every part: where the servers are, whoever started them."""
    postgres, broker = embedded.postgres(), embedded.broker()
    own = {
        "DATABASE_URL": postgres.address("jcm_app", embedded.DATABASE),
        "DATABASE_OWNER_URL": postgres.address("postgres", embedded.DATABASE),
    }
    database = {} if "DATABASE_URL" in os.environ else own
    site_url = {"SITE_URL": os.environ.get("SITE_URL", f"http://localhost:{port}")}
    return {"REDIS_URL": broker.url, **os.environ, **database, **site_url}


def prepare(environment: dict[str, str]) -> str:
    """Bring the schema up to date, and an empty site its sample; the sample log-ins."""
    print("Bringing the database up to date ...", flush=True)
    with NamedTemporaryFile("r", encoding="utf-8") as logins:
        status = Child("database", [sys.executable, "-m", "jcm.prepare", logins.name], environment).wait(STOP)
        if STOP.is_set():
            raise Stopped
        if status:
            raise embedded.Unusable("The database could not be brought up to date; why is said above.")
        return logins.read().strip()


def site(port: int, environment: dict[str, str]) -> list[Child]:
    """The web server, the worker and beat."""
    web = [sys.executable, "-m", "granian", *WEB, "--host", HOST, "--port", str(port), "jcm.wsgi:application"]
    return [
        Child("web", web, environment),
        Child("worker", [*CELERY, "worker", *WORKER], {**environment, "PYTHONWARNINGS": ROOT_IS_FINE}, signal.SIGKILL),
        Child("beat", [*CELERY, "beat", "-l", "warning"], environment, signal.SIGKILL),
    ]


def watch(port: int, children: list[Child], words: str) -> int:
    """Say that the site is up, then wait until somebody stops it or a part ends."""
    wait_until(lambda: STOP.is_set() or bool(ended(children)) or status(port) is not None, LONGEST_WAIT)
    if not STOP.is_set() and not ended(children):
        if (answer := status(port)) != http.HTTPStatus.OK:
            print(f"The log-in page is not served: {answer or 'no answer'}.", file=sys.stderr)
            return 1
        print(words, flush=True)
    while not STOP.wait(0.2):
        if names := ended(children):
            print(f"Stopped by itself: {', '.join(names)}; the last words are above.", file=sys.stderr)
            return 1
    return 0


def ended(children: list[Child]) -> list[str]:
    """The names of those that are gone."""
    return [child.name for child in children if child.ended]


def status(port: int) -> int | None:
    """What the log-in page answers; None while nobody listens."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", LOGIN, headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def summary(port: int, logins: str, started: list[str], children: list[Child]) -> str:
    """The address, the log-ins and what runs."""
    running = [*started, *(f"{child.name} (process {child.process.pid})" for child in children)]
    lines = ["", f"The site is up: http://localhost:{port}", "", logins, "", "Started:", *(f"  {line}" for line in running)]
    return "\n".join([*lines, "", "Ctrl-C stops all of it.", ""])


if __name__ == "__main__":
    main()
