"""Worlds that many tests begin with: made once by real steps, and put back row by row where the same is asked of the same rows.

What is put back is compared once with what was made, to the last column, so that a test cannot tell the two apart. Nothing is
remembered of a test that patches something, nor under the real clock: what was made there may differ from what it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from apps.core import clock
from apps.core.statements import first_row

KEPT = ("django_migrations", "django_content_type", "auth_permission")
EVENTS = "events_event"
# What the database itself says of a row when it is written.
OF_THE_MOMENT = ("recorded_at", "transaction_id")

# Made by a superuser in a database of the tests, and only there: the rows were let in once, by all rules and at their time.
PUT_BACK = """
create schema remembered;
grant usage on schema remembered to jcm_app;
create function remembered.put_back(names text[], contents text[]) returns void
language plpgsql security definer set session_replication_role = replica set search_path = public as $$
declare held text; let text; columns text; given text; filled boolean;
begin
  for i in 1 .. cardinality(names) loop
    execute format('select exists (select from %I)', names[i]) into filled;
    select string_agg(format('disable trigger %I', tgname), ', '), string_agg(format('enable always trigger %I', tgname), ', ')
      into let, held from pg_trigger where tgrelid = names[i]::regclass and tgenabled = 'A' and (filled or tgtype & 4 > 0);
    select string_agg(quote_ident(attname), ', ' order by attnum),
           string_agg(coalesce(said.now, quote_ident(attname)), ', ' order by attnum) into columns, given
      from pg_attribute left join (values ('recorded_at', 'transaction_timestamp()'),
        ('transaction_id', 'pg_current_xact_id()::text::bigint')) said (name, now) on names[i] = 'EVENTS' and said.name = attname
     where attrelid = names[i]::regclass and attnum > 0 and not attisdropped and attgenerated = '';
    if let is not null then execute format('alter table %I %s', names[i], let); end if;
    if filled then execute format('delete from %I', names[i]); end if;
    execute format('insert into %1$I (%2$s) select %3$s from json_populate_recordset(null::%1$I, $1)', names[i], columns, given)
      using contents[i]::json;
    if held is not null then execute format('alter table %I %s', names[i], held); end if;
  end loop;
end $$;
""".replace("EVENTS", EVENTS)

Digest = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What was made: the tables that it changed, the papers, the hour, and what was handed back."""

    tables: list[str]
    rows: list[str]
    digest: Digest
    papers: dict[str, bytes]
    moment: datetime | None
    made: Any


class Store:
    """The memories of this process, by what was asked and the rows that were there."""

    known: ClassVar[dict[tuple[Any, ...], Memory]] = {}
    # Rows that are made anew have other numbers in each test: only what follows on something known can ever be asked for again.
    grounds: ClassVar[set[Digest]] = set()
    compared: ClassVar[set[Digest]] = set()
    database = ""
    is_open = False


def remembered(asked: tuple[Any, ...], make: Callable[[], Any], *, is_timeless: bool = False) -> Any:
    """What `make` makes and hands back, put back where the same was asked of the same rows at the same hour.

    `make` depends on nothing but what was asked, the rows and papers that are there, and the hour; what is timeless
    neither reads the clock nor hands in papers.
    """
    if not _may_remember(is_timeless=is_timeless):
        return make()
    before = digest()
    if any(before) and before not in Store.grounds:
        return make()
    key = (asked, before, None if is_timeless else (clock.now(), get_language(), settings.JCM_PARTNER["code"]))
    if key not in Store.known:
        made = make()
        Store.known[key] = _kept(before, made, is_timeless=is_timeless)
        Store.grounds.add(Store.known[key].digest)
        return made
    return _put_back(Store.known[key])


def _may_remember(*, is_timeless: bool) -> bool:
    in_hand = clock.is_rehearsed() and settings.DOCUMENT_ROOT != settings.VAR / "documents"
    return Store.is_open and (is_timeless or in_hand) and Store.database == connection.settings_dict["NAME"]


def _kept(before: Digest, made: Any, *, is_timeless: bool) -> Memory:
    after = digest()
    changed = [name for name, was, now in zip(tables(), before, after, strict=True) if was != now]
    columns = ", ".join(f"(select coalesce(json_agg(r)::text, '[]') from {name} r)" for name in changed)
    rows = first_row(f"select {columns}", None) if changed else ()
    own: dict[str, bytes] = {} if is_timeless else dict(papers())
    return Memory(changed, list(rows or ()), after, own, None if is_timeless else clock.now(), deepcopy(made))


def _put_back(memory: Memory) -> Any:
    with connection.cursor() as cursor:
        # Rows of this transaction that await a check would keep their table from being filled.
        cursor.execute("set constraints all immediate; set constraints all deferred")
    first_row("select 1 from remembered.put_back(%s, %s)", [memory.tables, memory.rows])
    if memory.digest not in Store.compared:
        assert digest() == memory.digest, "what was put back is not what was made"
        Store.compared.add(memory.digest)
    for name, content in memory.papers.items():
        path = Path(settings.DOCUMENT_ROOT, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    rehearsal = clock._rehearsal.get()
    if rehearsal is not None and memory.moment is not None:
        rehearsal.move_to(memory.moment)
    return deepcopy(memory.made)


def papers() -> Iterator[tuple[str, bytes]]:
    """Every file of the document store."""
    root = Path(settings.DOCUMENT_ROOT)
    return ((str(path.relative_to(root)), path.read_bytes()) for path in root.rglob("*") if path.is_file())


@cache
def tables() -> tuple[str, ...]:
    """Every table of the site but for those that migrations fill."""
    return tuple(sorted(name for name in connection.introspection.table_names() if name not in KEPT))


@cache
def _digest_sql() -> str:
    with connection.cursor() as cursor:
        columns = [one.name for one in connection.introspection.get_table_description(cursor, EVENTS)]
    told = ", ".join(f"r.{name}" for name in columns if name not in OF_THE_MOMENT)
    rows = {name: f"row({told})::text" if name == EVENTS else "r::text" for name in tables()}
    return "select " + ", ".join(
        f"(select md5(string_agg({row}, '|' order by {row} collate \"C\")) from {name} r)" for name, row in rows.items()
    )


def digest() -> Digest:
    """What every table holds, but for what the database says of the moment; None for an empty one."""
    return first_row(_digest_sql(), None) or ()


@contextmanager
def remembering(database: str, *, allowed: bool) -> Iterator[None]:
    """Worlds are remembered in this block, if that is allowed."""
    Store.database, Store.is_open = database, allowed
    try:
        yield
    finally:
        Store.is_open = False
