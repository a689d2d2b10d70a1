"""Every table has a golden copy and its guards in the database; tables and their apps name each other."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db import connection

from apps.workflow import registry
from tests.architecture.source import ROOT

APPS = {path.name for path in (ROOT / "apps").iterdir()}
OURS = [(one.key, edition) for one in registry.procedures() if one.app in APPS for edition in one.tables]
EDITIONS = ("jcm_2013", "jcm_2022", "india_2026")
GOLDEN = ROOT / "tests" / "rulebook"


SECOND_ON = ("jcm_2022", "india_2026")
KNOWN_IN = {
    **dict.fromkeys(("appointment", "ballot", "change", "edition", "finding", "measure", "meeting", "methodology"), EDITIONS),
    "public_input": EDITIONS,
    **dict.fromkeys(("project", "round", "tpe", "time_order", "holidays", "method_declaration"), EDITIONS),
    **dict.fromkeys(("implementation", "reference_emissions", "renewal"), SECOND_ON),
    "grievance": ("india_2026",),
    "idea_note": ("jcm_2022", "india_interim", "india_2026"),
}


def test_each_procedure_has_a_table_in_the_editions_that_know_it() -> None:
    assert sorted(OURS) == sorted((key, edition) for key, editions in KNOWN_IN.items() for edition in editions)


def test_every_table_has_a_golden_copy_and_every_copy_its_table() -> None:
    assert {path.stem for path in GOLDEN.glob("*-*.md")} == {f"{key}-{edition}" for key, edition in OURS}


def test_tables_models_checks_and_services_name_each_other() -> None:
    assert run_checks(tags=["procedures"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("key", [procedure.key for procedure in registry.procedures()])
def test_the_database_guards_the_state_of_every_procedure(key: str) -> None:
    table = registry.model_of(key)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgenabled, tgdeferrable, encode(tgargs, 'escape'), pg_get_triggerdef(oid) from pg_trigger"
            " where tgrelid = %s::regclass and tgfoid = 'require_event'::regproc",
            [table],
        )
        [(enabled, deferrable, argument, definition)] = cursor.fetchall()
        assert (enabled, deferrable, argument) == ("A", True, f"{key}\\000")
        assert "AFTER INSERT OR UPDATE OF state, version, edition" in definition
        cursor.execute("select has_table_privilege(%s, 'delete'), has_table_privilege(%s, 'truncate')", [table, table])
        assert cursor.fetchone() == (False, False)
