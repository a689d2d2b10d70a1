"""The tests' database is a cluster of its own, built by the owner and used as the application's role."""

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import axe_playwright_python
import django_fsm
import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Page, Playwright
from psycopg import sql
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from whitenoise.middleware import WhiteNoiseMiddleware

from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import Problem
from apps.documents.services import versions
from apps.events import selectors, services
from apps.inspection.services import structure_problems
from apps.notifications.context_processors import _Visitors
from apps.notifications.selectors import Delays
from apps.rehearsal.scratch import Theatre
from jcm.celery import app
from jcm.embedded.roles import bootstrap
from tests.pages.looking import Looking
from tests.people import Cast, cast
from tests.remembered import KEPT, PUT_BACK, remembering
from tests.theatres import TEMPLATE, pristine_of, theatre_of_tests
from tests.worker import Worker

# Playwright keeps an event loop in the test's thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytest_plugins = ["tests.walks.reporting", "tests.sample"]

# Fixtures of every test that patch nothing of which a world is made.
PATCHING = frozenset({"no_nudge", "read_here", "_template_string_if_invalid_marker"})
# Fixtures that are made once, for many tests.
DEAR = frozenset({"sample_site", "mongolia"})
QUEUE = f"test-{os.getpid()}"
WIPE = """
do $$
declare always regclass[]; names name[]; one text;
begin
  set local lock_timeout = '10s';
  -- A relay that an earlier test has woken ends before its rows go.
  lock table events_delivery in exclusive mode;
  select array_agg(tgrelid::regclass order by oid), array_agg(tgname order by oid) into always, names
    from pg_trigger where tgenabled = 'A';
  for i in 1 .. coalesce(array_length(names, 1), 0) loop
    execute format('alter table %s disable trigger %I', always[i], names[i]);
  end loop;
  set local session_replication_role = replica;
  for one in select format('%I', tablename) from pg_tables where schemaname = 'public' and tablename not in (KEPT) loop
    execute 'delete from ' || one;
  end loop;
  for i in 1 .. coalesce(array_length(names, 1), 0) loop
    execute format('alter table %s enable always trigger %I', always[i], names[i]);
  end loop;
end $$
""".replace("KEPT", ", ".join(f"'{table}'" for table in KEPT))


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster once, in the process that hands out the tests."""
    # Papers of most tests are placeholders; what is about the inspection asks for `inspected`.
    versions.structure_problems = uninspected
    own = settings.DATABASES["default"].setdefault("TEST", {})
    # A session that another one starts copies the migrated database of that one.
    own |= {"NAME": f"test_jcm_{os.getpid()}", "TEMPLATE": os.environ.get(TEMPLATE)}
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": f"{QUEUE}:"}
    app.conf.update(task_default_queue=QUEUE, broker_transport_options=options)
    if not hasattr(config, "workerinput"):
        settings.TEST_CLUSTER.hold()
        settings.TEST_BROKER.hold()
        admin = settings.TEST_CLUSTER.address("postgres", "postgres")
        bootstrap(admin, "jcm")
        drop_abandoned(admin)


def uninspected(*_file: object) -> Iterator[Problem]:
    """Nothing stands in the way of what a file holds."""
    return iter(())


@pytest.fixture
def inspected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that are handed in are looked into, as on a real site."""
    monkeypatch.setattr(versions, "structure_problems", structure_problems)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first; all else stays in the order that chance and the use of the database have given it.

    What needs something that takes long to make goes to one process, which alone makes it.
    """
    items.sort(key=lambda item: item.get_closest_marker("early") is None)
    for item in items:
        for dear in DEAR & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.xdist_group(dear))


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector of cycles looks at it no more, and looks less often.

    Left as it is, it takes a sixth of the processor's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def drop_abandoned(admin: str) -> None:
    """Drop the databases of test runs that were killed."""
    with psycopg.connect(admin, autocommit=True) as catalogue:
        names = catalogue.execute("select datname from pg_database where datname ~ '^test_jcm_[0-9]+'").fetchall()
        for (name,) in names:
            if not psutil.pid_exists(int(name.split("_")[2])):
                catalogue.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def become(face: dict[str, Any]) -> None:
    """Connect as somebody else from now on."""
    connection.close()
    connection.settings_dict["USER"] = face["USER"]
    connection.settings_dict["OPTIONS"] = {key: value for key, value in face["OPTIONS"].items() if key != "pool"}


class Unheard:
    """A signal that nobody listens to."""

    def connect(self, receiver: Any) -> None:
        """Forget the receiver."""


@pytest.fixture(scope="session")
def quiet_while_migrating() -> Iterator[pytest.MonkeyPatch]:
    """Each state field of a migration's models would look through every model that is made after it: half of the work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_fsm, "class_prepared", Unheard())
        yield patch


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, quiet_while_migrating: pytest.MonkeyPatch) -> None:
    """What comes before the database is made."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # noqa: ARG001 - runs after the original
    quiet_while_migrating: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Built by the owner, used by the application's role, dropped by the owner."""
    quiet_while_migrating.undo()
    with django_db_blocker.unblock():
        become(settings.APPLICATION)
        name = str(connection.settings_dict["NAME"])
        administer(sql.SQL("create database {} template {} owner jcm_owner"), pristine_of(name), name)
        with psycopg.connect(settings.TEST_CLUSTER.address("postgres", name)) as superuser:
            superuser.execute(PUT_BACK)
    yield
    with django_db_blocker.unblock():
        administer(sql.SQL("drop database {} with (force)"), pristine_of(name))
        become(settings.OWNER)


def administer(statement: sql.SQL, *names: str) -> None:
    """Make or drop a database."""
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", "postgres"), autocommit=True) as catalogue:
        catalogue.execute(statement.format(*map(sql.Identifier, names)))


@pytest.fixture(scope="module")
def stages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Theatre]:  # noqa: ARG001 - copied when it was migrated
    """Scratch sites, each a copy of the migrated and empty database. The tests commit, or use none."""
    with django_db_blocker.unblock():
        yield theatre_of_tests()


@pytest.fixture(scope="session", autouse=True)
def wipe_as_superuser() -> Iterator[None]:
    """Let tests that commit clean up: what the application may never delete, only a superuser can."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", wipe)
        yield


def wipe(_: object = None) -> None:
    """Empty every table of this process's test database, but for what migrations put there. Sequences run on."""
    connection.close()
    with psycopg.connect(settings.TEST_CLUSTER.address("postgres", str(connection.settings_dict["NAME"]))) as superuser:
        superuser.execute(WIPE)


@pytest.fixture(scope="session", autouse=True)
def style_sheets_are_listed_once() -> Iterator[None]:
    """Each client of a test loads the middleware anew, which looks for the thousand files of the style sheets each time."""
    found: dict[str, Any] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def listed(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", listed)
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request leaves its language behind in the thread; every test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def another_log() -> None:
    """Each test has a log of its own, of which nothing is known; what visitors are told of delays is not asked for meanwhile."""
    selectors._began.clear()
    _Visitors.delayed, _Visitors.asked_at = Delays(), float("inf")


@pytest.fixture(autouse=True)
def worlds_are_remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Unless the test patches something: a world that is made then is its own."""
    own = request.node._fixtureinfo
    fixtures = [one for name, found in own.name2fixturedefs.items() if name not in PATCHING for one in found]
    patched = "monkeypatch" in own.argnames or any("monkeypatch" in one.argnames for one in fixtures)
    with remembering(str(settings.DATABASES["default"]["NAME"]), allowed=not patched):
        yield


@pytest.fixture
def people(db: None) -> Cast:  # noqa: ARG001 - people are rows
    """Everybody, on both sides."""
    return cast()


@pytest.fixture
def time(starts_at: datetime) -> Iterator[Rehearsal]:
    """A clock that stands at `starts_at`, which the tests of each folder choose."""
    with clock.rehearse(starts_at) as rehearsal:
        yield rehearsal


@pytest.fixture(scope="session")
def worker_process(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:  # noqa: ARG001 - its database
    """A real Celery worker over this process's test database and queue."""
    address = settings.TEST_CLUSTER.address("jcm_app", str(connection.settings_dict["NAME"]))
    worker = Worker(address, QUEUE, tmp_path_factory.mktemp("worker") / "log")
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture
def worker(worker_process: Worker, transactional_db: None) -> Iterator[Worker]:  # noqa: ARG001 - the worker sees committed rows only
    """The worker, idle before the tables are emptied."""
    yield worker_process
    worker_process.wait_until_idle()


@pytest.fixture(autouse=True)
def no_nudge(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is woken by a commit, but in tests with a worker: one that an earlier test started would meddle."""
    wakes = "worker" in request.fixturenames
    monkeypatch.setattr(services._Sent, "rests_until", float("-inf" if wakes else "inf"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium, kept from calling home."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "chromium is needed: install it, or name it in CHROMIUM"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {
        **browser_type_launch_args,
        "executable_path": program,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet],
    }


@pytest.fixture(scope="session")
def before_the_loop() -> None:
    """Under Playwright's loop Django gives this thread another connection: leave none open that nobody would close."""
    connection.close()


@pytest.fixture(scope="session")
def playwright(before_the_loop: None, playwright: Playwright) -> Iterator[Playwright]:  # noqa: ARG001 - comes first
    """Playwright, and no connection left over from under its loop, which would keep the database from being dropped."""
    yield playwright
    connection.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The accessibility checker, to be evaluated in a page: a strict content policy forbids adding it as a script."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def looking(page: Page, live_server: LiveServer, axe_source: str) -> Looking:
    """A fresh page under observation."""
    return Looking(page, live_server, axe_source)
