"""The rules as the site applies them: each row of each table stands on a page, with its picture and what refusals mean."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils.translation import override

from apps.portal.render.flow import flow, main_path
from apps.portal.render.rulebook import rules_of
from apps.workflow import registry
from apps.workflow.editions import EDITIONS
from apps.workflow.render.refusals import all_codes
from tests.portal.reading import Reader, heading, words
from tests.projects.walk import World

BOTH = [(one.key, edition) for one in registry.procedures() for edition in one.tables]
# The way that each procedure is meant to go, as the rules tell it.
PATHS = {
    ("methodology", "india_2026"): "draft submitted public_inputs consideration approved",
    ("idea_note", "india_2026"): "draft submitted review consideration no_objection",
    ("tpe", "india_2026"): "draft applied complete designated",
    ("ballot", "india_2026"): "draft circulated closed",
    ("project", "india_2026"): "draft submitted inputs inputs_closed validation validated allocation_proposed"
    " governments_approved requested consideration registered",
    ("round", "india_2026"): "monitoring reported verification verified requested complete governments_approved notified closed",
}


@pytest.mark.parametrize(("key", "edition"), BOTH)
def test_every_state_and_step_of_a_table_is_told_and_drawn(key: str, edition: str) -> None:
    procedure = registry.procedure(key)
    found = rules_of(procedure, EDITIONS[edition])
    rows = procedure.rows(edition)
    assert [one["key"] for one in found["steps"]] == [row.key for row in rows]
    assert len(found["sentences"]) == len(rows)
    picture = ET.fromstring(flow(procedure, edition))  # noqa: S314 - our own
    drawn = " ".join("".join(one.itertext()) for one in picture.iter("text"))
    mentioned = {state for row in rows if row.target for state in (*row.source, row.target)}
    for state in mentioned:
        assert all(word in drawn for word in str(state.label).split()), state
    for row in (row for row in rows if row.target and not row.opens):
        assert all(word in drawn for word in str(row.title).split()), row.key
    boxes = [one for one in picture.iter("rect") if one.get("class") == "jcm-flow-box"]
    assert len(boxes) == len(mentioned), "each state has one box"


@pytest.mark.parametrize(("key", "edition"), PATHS)
def test_the_main_path_is_the_way_that_a_file_is_meant_to_go(key: str, edition: str) -> None:
    procedure = registry.procedure(key)
    rows = [row for row in procedure.rows(edition) if row.target is not None]
    assert " ".join(str(state.value) for state in main_path(procedure, rows)) == PATHS[key, edition]


def test_the_page_of_a_procedure_shows_the_edition_in_force_or_the_one_that_is_named(india: World, read: Reader) -> None:
    assert india.edition == "india_2026"
    page = read("/rules/methodology/")
    assert heading(page) == "The rules of the procedure “Proposed methodology”"
    assert "Rulebook India 2026 · 25 steps" in words(page)
    assert "15 days, both ends counted [C]" in words(page)
    assert "(optional)" not in words(page)
    assert "Optional:" in words(page)
    assert "Rule 2.2 P02" in words(page)
    assert "Rulebook First generation (2013)" in words(read("/rules/methodology/jcm_2013/"))
    for code, (meaning, _remedy) in all_codes():
        if code.startswith("MET-"):
            assert escape(meaning) in page.content.decode()


@pytest.mark.parametrize("path", ["/rules/nothing/", "/rules/grievance/jcm_2013/", "/rules/methodology/nothing/"])
def test_what_the_rules_do_not_know_is_not_there(path: str, india: World, read: Reader) -> None:  # noqa: ARG001 - the clock
    read(path, status=404)


def test_the_list_of_procedures_leads_to_each_edition(india: World, read: Reader) -> None:  # noqa: ARG001 - the clock
    page = read("/rules/").content.decode()
    assert all(f'href="/rules/{key}/{edition}/"' in page for key, edition in BOTH)
    assert "Opened under it now" in page


def test_before_any_rules_are_in_force_the_pages_open_too(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - the database
    monkeypatch.setattr("apps.workflow.editions.OF_PARTNER", {"IN": ()})
    assert client.get("/rules/").status_code == 200
    assert client.get("/rules/project/").status_code == 200


def test_parameters_forms_and_codes_stand_with_how_sure_they_are(db: None, client: Client) -> None:  # noqa: ARG001 - the database
    parameters = words(client.get("/rules/parameters/"))
    assert "`pdd_inputs_days`" not in parameters
    assert "pdd inputs days" in parameters
    assert "recalled, not read again [R]" in parameters
    assert "not found [NF]" in words(client.get("/rules/forms/"))
    codes = client.get("/rules/codes/").content.decode()
    assert codes.count("<tr ") == len(list(all_codes())) + 1


@pytest.mark.parametrize("language", ["ja", "hi"])
def test_what_refusals_mean_is_said_in_each_language(db: None, client: Client, language: str) -> None:  # noqa: ARG001 - the database
    client.cookies["language"] = language
    page = client.get("/rules/codes/").content.decode()
    with override("en"):
        told = {code: [escape(text) for text in both] for code, both in all_codes()}
    assert [code for code, both in told.items() if any(text in page for text in both)] == []
