"""The database's roles: the owner changes the schema, the application changes rows, the reader reads.

`jcm_owner` cannot log in; a login that is its member migrates. `jcm_app` is not its member, so no
statement of the application can become the owner.
"""

import psycopg
from psycopg import sql

BOOTSTRAP_LOCK = 7_526_411
"""An arbitrary advisory-lock key: two bootstraps at once would disturb each other's catalogue rows."""

ROLES = """
do $$ begin
  if not exists (select from pg_roles where rolname = 'jcm_owner') then create role jcm_owner nologin createdb; end if;
  if not exists (select from pg_roles where rolname = 'jcm_app') then create role jcm_app login; end if;
  if not exists (select from pg_roles where rolname = 'jcm_ro') then create role jcm_ro login in role pg_read_all_data; end if;
end $$;
alter role jcm_app set timezone = 'UTC';
alter role jcm_app set statement_timeout = '15s';
alter role jcm_app set lock_timeout = '5s';
alter role jcm_app set idle_in_transaction_session_timeout = '30s';
alter role jcm_ro set default_transaction_read_only = on;
"""

RIGHTS = """
revoke all on schema public from public;
grant usage, create on schema public to jcm_owner;
grant usage on schema public to jcm_app, jcm_ro;
alter default privileges for role jcm_owner in schema public grant select, insert, update, delete on tables to jcm_app;
alter default privileges for role jcm_owner in schema public grant usage, select on sequences to jcm_app;
"""


def bootstrap(admin: str, database: str) -> None:
    """Create the roles and the database where they are missing, and grant each its rights. May be repeated.

    `admin` is a superuser's connection string. `template1` gets the same rights, since test
    databases are copied from it.
    """
    with psycopg.connect(admin, dbname="postgres", autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [BOOTSTRAP_LOCK])
        connection.execute(ROLES)
        _create_database(connection, database)
        for name in ("template1", database):
            with psycopg.connect(admin, dbname=name) as inside:
                inside.execute(RIGHTS)


def grant_login(admin: str, login: str, role: str, password: str) -> None:
    """Let somebody log in with a password, as the role itself or as a member of it."""
    with psycopg.connect(admin, dbname="postgres") as connection:
        if not connection.execute("select 1 from pg_roles where rolname = %s", [login]).fetchone():
            connection.execute(sql.SQL("create role {} login").format(sql.Identifier(login)))
        connection.execute(sql.SQL("alter role {} login password {}").format(sql.Identifier(login), sql.Literal(password)))
        if login != role:
            connection.execute(sql.SQL("grant {} to {}").format(sql.Identifier(role), sql.Identifier(login)))


def _create_database(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        connection.execute(sql.SQL("create database {} owner jcm_owner").format(sql.Identifier(name)))
