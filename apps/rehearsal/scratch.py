"""Databases and document stores that exist for one rehearsal each and are gone afterwards."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections
from django.test.utils import override_settings

from apps.documents.services import ELSEWHERE

PREFIX = "jcm_rehearsal"
_NAME = re.compile(rf"^{PREFIX}_(\d+)_[0-9a-f]+$")


@dataclass(frozen=True, slots=True)
class Theatre:
    """Where scratch sites are made: a database that is migrated once and copied for each of them."""

    home: dict[str, Any]
    template: str

    @contextmanager
    def site(self, partner_code: str, partner_name: str) -> Iterator[None]:
        """An empty site for a partner country: migrated database, document store, partner in the settings.

        It is removed at the end, whatever happens.
        """
        partner = {**settings.JCM_PARTNER, "code": partner_code, "name": partner_name}
        storages = {name: one for name, one in settings.STORAGES.items() if name != ELSEWHERE}
        with (
            TemporaryDirectory(prefix=PREFIX) as folder,
            override_settings(JCM_PARTNER=partner, DOCUMENT_ROOT=Path(folder), STORAGES=storages),
            self._acting_in_a_copy(),
        ):
            yield

    @contextmanager
    def _acting_in_a_copy(self) -> Iterator[None]:
        try:
            with _database(self.home, self.template) as name:
                _become(settings.APPLICATION, name)
                yield
        finally:
            _settle(self.home)


@contextmanager
def theatre() -> Iterator[Theatre]:
    """Scratch sites for as many rehearsals as one likes, one after the other.

    The site's own database is never touched. Everything is removed at the end, whatever happens;
    what a killed rehearsal has left is removed by the next one.
    """
    home = deepcopy(connection.settings_dict)
    try:
        _become(settings.OWNER, home["NAME"])
        _drop(_leftovers())
        with _database(home) as name:
            _become(settings.OWNER, name)
            call_command("migrate", verbosity=0, interactive=False)
            _settle(home)
            yield Theatre(home, name)
    finally:
        _settle(home)


@contextmanager
def scratch_site(partner_code: str, partner_name: str) -> Iterator[None]:
    """One scratch site, for whoever needs no second."""
    with theatre() as stages, stages.site(partner_code, partner_name):
        yield


@contextmanager
def _database(home: dict[str, Any], template: str = "") -> Iterator[str]:
    name = f"{PREFIX}_{os.getpid()}_{token_hex(4)}"
    _become(settings.OWNER, home["NAME"])
    _execute(f'create database "{name}"' + (f' template "{template}"' if template else ""))
    try:
        # Nothing here outlives the rehearsal, so no commit needs to wait for the disk.
        _execute(f'alter database "{name}" set synchronous_commit = off')
        yield name
    finally:
        _become(settings.OWNER, home["NAME"])
        _drop([name])


def must_be_scratch() -> None:
    """Raises RuntimeError where the database in use is not one of the scratch databases of this process."""
    name = str(connection.settings_dict["NAME"])
    if not name.startswith(f"{PREFIX}_{os.getpid()}_"):
        raise RuntimeError(f"{name} is no scratch database; a rehearsal writes nowhere else")


def _become(face: dict[str, Any], name: str) -> None:
    """Point the one database alias at a database in one of its roles, without a pool."""
    entry = deepcopy(face)
    entry["OPTIONS"].pop("pool", None)
    _settle({**connection.settings_dict, **entry, "NAME": name})


def _settle(entry: dict[str, Any]) -> None:
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    connections["default"].settings_dict.clear()
    connections["default"].settings_dict.update(entry)


def _leftovers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select datname from pg_database where datname like %s", [f"{PREFIX}%"])
        names = [str(row[0]) for row in cursor.fetchall()]
    return [name for name in names if (found := _NAME.match(name)) and not _runs(int(found[1]))]


def _runs(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def _drop(names: list[str]) -> None:
    """Drop databases, whoever is connected. A vacuum that the server runs there by itself only yields to a plain drop."""
    for name in names:
        try:
            _execute(f'drop database if exists "{name}" with (force)')
        except ProgrammingError:
            _execute(f'drop database if exists "{name}"')


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
