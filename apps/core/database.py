"""Migration operations for what only the database can hold: append-only tables and guarded states.

Every operation is reversible. The refusing functions are made by `apps.events` migration 0001.
"""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

REFUSE_CHANGE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = '23001';
end $$
"""

# A state moves only together with the event that says so, in the same transaction and at the same version.
REQUIRE_EVENT = """
create function require_event() returns trigger language plpgsql as $$
begin
  perform 1 from events_event
   where subject_type = tg_argv[0] and subject_id = new.id and version = new.version
     and to_state = new.state and transaction_id = pg_current_xact_id()::text::bigint;
  if not found then
    raise exception '% % has no event for version % in this transaction', tg_argv[0], new.id, new.version
      using errcode = '23514', constraint = 'state_moves_with_an_event';
  end if;
  return null;
end $$
"""

# The same, and the edition is that of the event, or the one that its step has moved the file to.
REQUIRE_EVENT_OF_EDITION = REQUIRE_EVENT.replace("create function", "create or replace function").replace(
    "and to_state = new.state",
    "and to_state = new.state and coalesce(data ->> 'moved_to_edition', edition) = new.edition",
)


def guard_functions() -> list[RunSQL]:
    """The two trigger functions that the operations below rely on."""
    return [
        RunSQL(REFUSE_CHANGE, "drop function refuse_change()"),
        RunSQL(REQUIRE_EVENT, "drop function require_event()"),
    ]


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on a table to everyone: by right, by row and by statement trigger."""
    return RunSQL(
        f"""
        revoke update, delete, truncate on {table} from jcm_app;
        create trigger {table}_no_change before update or delete on {table} for each row execute function refuse_change();
        create trigger {table}_no_truncate before truncate on {table} for each statement execute function refuse_change();
        alter table {table} enable always trigger {table}_no_change;
        alter table {table} enable always trigger {table}_no_truncate;
        """,
        f"""
        drop trigger {table}_no_change on {table};
        drop trigger {table}_no_truncate on {table};
        grant update, delete on {table} to jcm_app;
        """,
    )


def guarded_state(table: str, subject_type: str) -> RunSQL:
    """Refuse, at commit, a row of a procedure whose state, version or edition moved without an event; refuse deletion."""
    return RunSQL(
        f"""
        create constraint trigger {table}_state_has_event after insert or update of state, version, edition on {table}
          deferrable initially deferred for each row execute function require_event('{subject_type}');
        alter table {table} enable always trigger {table}_state_has_event;
        revoke delete, truncate on {table} from jcm_app;
        """,
        f"""
        drop trigger {table}_state_has_event on {table};
        grant delete on {table} to jcm_app;
        """,
    )


def written_by_act(table: str, *subject_types: str, file: str = "") -> RunSQL:
    """Refuse, at commit, a new row that does not name, in `act_id`, an event of the same transaction.

    The event must be of one of the given procedures; with `file`, of the very file that this column refers to.
    """
    types = ", ".join(f"'{one}'" for one in subject_types)
    of_file = f"and subject_id = new.{file}" if file else ""
    return RunSQL(
        f"""
        create function {table}_by_act() returns trigger language plpgsql as $$
        begin
          perform 1 from events_event
           where act_id = new.act_id and subject_type in ({types}) {of_file}
             and transaction_id = pg_current_xact_id()::text::bigint;
          if not found then
            raise exception '{table} % has no act in this transaction', new.id
              using errcode = '23514', constraint = '{table}_by_act';
          end if;
          return null;
        end $$;
        create constraint trigger {table}_by_act after insert on {table}
          deferrable initially deferred for each row execute function {table}_by_act();
        alter table {table} enable always trigger {table}_by_act;
        """,
        f"drop trigger {table}_by_act on {table}; drop function {table}_by_act()",
    )


def no_delete(table: str) -> RunSQL:
    """Take the right to delete or empty a table from the application."""
    return RunSQL(f"revoke delete, truncate on {table} from jcm_app", f"grant delete on {table} to jcm_app")


def append_only_but_for(table: str, *columns: str) -> RunSQL:
    """Rows are written once; the application may later set the named columns only, and never deletes."""
    return RunSQL(
        f"revoke update, delete, truncate on {table} from jcm_app; grant update ({', '.join(columns)}) on {table} to jcm_app",
        f"grant update, delete on {table} to jcm_app",
    )
