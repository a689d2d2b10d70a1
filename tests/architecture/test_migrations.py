"""Migrations are complete, and lead back to nothing and forward again to the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from apps.rehearsal import scratch

OURS = [
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith(("apps.", "tests.")) and (Path(config.path) / "migrations").exists()
]
CATALOGUE = """
select 'table', tablename, '' from pg_tables where schemaname = 'public' and tablename <> 'django_migrations'
union all select 'column', table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')
 from information_schema.columns where table_schema = 'public' and table_name <> 'django_migrations'
union all select 'function', proname, md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
union all select 'trigger', tgname, tgenabled::text || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
 from pg_constraint where connamespace = 'public'::regnamespace
union all select 'right', table_name || ' ' || privilege_type, ''
 from information_schema.table_privileges where grantee = 'jcm_app'
union all select 'right', table_name || '.' || column_name || ' ' || privilege_type, ''
 from information_schema.column_privileges where grantee = 'jcm_app'
"""


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def catalogue() -> set[tuple[str, str, str]]:
    """Everything that migrations make, with its definition."""
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUE)
        return set(cursor.fetchall())


def applied() -> set[str]:
    """The apps of ours that have a migration applied."""
    return {label for label, _name in MigrationRecorder(connection).applied_migrations()} & set(OURS)


@pytest.mark.long
def test_migrations_lead_back_to_nothing_and_forward_again(stages: scratch.Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "PREFIX", "test_jcm")  # dropped with the databases of the tests, should this one be killed
    with stages.site("XY", "Exampleland"):
        scratch._become(settings.OWNER, connection.settings_dict["NAME"])
        whole = catalogue()
        for label in OURS:
            if label in applied():  # one that others rest on has taken them along
                call_command("migrate", label, "zero", verbosity=0, interactive=False)
        left, remaining = catalogue(), applied()
        call_command("migrate", verbosity=0, interactive=False)
        again = catalogue()
    assert remaining == set()
    assert {(kind, name) for kind, name, _ in left if kind in {"function", "trigger"}} == set()
    assert {name for kind, name, _ in left if kind == "table" and name.startswith(tuple(f"{label}_" for label in OURS))} == set()
    assert whole ^ again == set()
    assert len([name for kind, name, _ in whole if kind == "trigger"]) > 20
