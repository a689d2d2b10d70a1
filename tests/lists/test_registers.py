"""The registers of methodologies, third-party entities and idea notes: who sees what in lists and on pages, what narrows them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from apps.idea_notes.models import IdeaNote
from apps.methodologies.models import ApprovedMethodology
from apps.third_party_entities.models import ThirdPartyEntity
from tests.decision import decide
from tests.journeys import idea_note
from tests.journeys.editions import under
from tests.portal.reading import Reader, heading, words
from tests.projects.walk import World


def shown(response: Any, name: str) -> list[str]:
    """The files of the rows of a list, by title."""
    return [getattr(row[name], "title", "") or row["title"] for row in response.context["listing"].rows]


def exported(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


# --- Methodologies --------------------------------------------------------------------------------


def test_a_methodology_is_listed_with_its_versions_and_has_a_page(india: World, read: Reader) -> None:
    first = india.usual_version
    reference = first.methodology.reference
    other = india.version(13)
    response = read("/methodologies/")
    assert [row["methodology"].reference for row in response.context["listing"].rows] == [reference, other.methodology.reference]
    assert "2 methodologies" in words(response)
    for query, found in (
        ("scope=13", [other.methodology.reference]),
        (f"text={reference}", [reference]),
        ("sort=-number", [other.methodology.reference, reference]),
        (f"approved_from={first.approved_on + timedelta(days=900)}", []),
    ):
        rows = read(f"/methodologies/?{query}").context["listing"].rows
        assert [row["methodology"].reference for row in rows] == found, query
    head, *rows = exported(read("/methodologies.csv"))
    assert head == ["Number", "Title", "Versions", "Sectoral scopes", "Approved last"]
    assert rows[0][:3] == [reference, first.title, "1.0"]
    page = read(f"/methodologies/{reference}/")
    assert heading(page) == first.title
    assert "Version 1.0 is the latest; it was approved on" in words(page)
    assert f'href="/projects/?methodology={reference}"' in page.content.decode()
    assert "State Stands on Version 1.0" in words(page)
    assert 'data-label="State"><div><span class="jcm-status jcm-status--now"><span>In force' in page.content.decode()
    read("/methodologies/IN_AM999/", status=404)


def test_proposals_under_way_are_listed_for_those_who_may_know_of_them(india: World, read: Reader) -> None:
    people = india.people
    proposal = india.proposal(3)
    published = words(read("/methodologies/"), '<h2 class="govuk-heading-m" id="proposals"', "</section>")
    assert str(proposal) in published
    assert f'href="{proposal.get_absolute_url()}"' not in read("/methodologies/").content.decode()
    assert f'href="{proposal.get_absolute_url()}"' in read("/methodologies/", people.secretariat_japan).content.decode()
    decide(people, proposal, "approve")
    assert str(proposal.title) not in words(read("/methodologies/"), '<h2 class="govuk-heading-m" id="proposals"', "</section>")
    assert ApprovedMethodology.objects.count() == 1


# --- Third-party entities -------------------------------------------------------------------------


def test_an_entity_is_listed_with_the_scopes_that_it_holds_and_has_a_page(india: World, read: Reader) -> None:
    people = india.people
    entity: ThirdPartyEntity = india.usual_entity
    response = read("/third-party-entities/")
    assert shown(response, "entity") == [entity.title]
    held = sorted(entity.scopes.filter(function="validation").values_list("number", flat=True))
    assert response.context["listing"].rows[0]["validation"] == ", ".join(map(str, held))
    missing = next(number for number in range(1, 16) if not entity.scopes.filter(number=number).exists())
    for query, found in (
        (f"scope={held[0]}", [entity.title]),
        (f"scope={missing}", []),
        ("state=suspended", []),
        ("state=designated", [entity.title]),
        (f"text={entity.reference}", [entity.title]),
    ):
        assert shown(read(f"/third-party-entities/?{query}"), "entity") == found, query
    last = entity.scopes.filter(number=held[0], function="validation").latest("pk")
    ends = last.ends_on
    if ends:
        india.time.move_to(india.time.moment + timedelta(days=(ends - india.today).days + 1))
        assert held[0] not in read("/third-party-entities/").context["listing"].rows[0]["validation"].split(", ")
    page = read(f"/third-party-entities/{entity.reference}/")
    assert heading(page) == entity.title
    assert f'href="/projects/?tpe={entity.reference}"' in page.content.decode()
    assert [row["scope"].partition(" ")[0] for row in page.context["rows"]] == [str(number) for number in held]
    assert {part["functions"] for row in page.context["rows"] for part in row["parts"]} == {"Validation and verification"}
    assert "The file with its steps and documents" not in words(page)
    assert "The file with its steps and documents" in words(read(f"/third-party-entities/{entity.reference}/", people.tpe))
    read("/third-party-entities/TPE-IN-999/", status=404)
    assert exported(read("/third-party-entities.csv"))[1][:3] == [entity.reference, entity.title, "Designated"]


# --- Idea notes -----------------------------------------------------------------------------------


def test_an_idea_note_is_public_once_it_is_decided(india: World, read: Reader) -> None:
    people = india.people
    draft = under(india.edition, lambda: idea_note.drafted(people, by=people.participant_host, title="Secretnote"))
    decided: IdeaNote = india.note(title="Decided note")
    assert decided.state == "no_objection"
    for stranger in (None, people.stranger):
        assert shown(read("/idea-notes/"), "note") == ["Decided note"]
        assert shown(read("/idea-notes/?text=secretnote", stranger), "note") == []
    assert shown(read("/idea-notes/", people.secretariat_japan), "note") == ["Decided note"]
    own = read("/idea-notes/", people.participant_host)
    assert "Secretnote" in shown(own, "note")
    assert f'href="{draft.get_absolute_url()}"' in own.content.decode()
    page = read(f"/idea-notes/{decided.reference}/")
    assert heading(page) == "Decided note"
    assert "No objection to the planned project" in words(page)
    for name in ("IN_PIN999", f"{draft.pk}"):
        read(f"/idea-notes/{name}/", people.participant_host, status=404)
    assert exported(read("/idea-notes.csv"))[1][:2] == [decided.reference, "Decided note"]
    assert shown(read("/idea-notes/?state=objected"), "note") == []


# --- Queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/methodologies/", "/third-party-entities/", "/idea-notes/"])
def test_no_register_takes_more_than_twelve_queries(path: str, india: World, read: Reader) -> None:
    few = india.note(), india.usual_entity, india.usual_version
    assert few
    readers = (None, india.people.members_host[0], india.people.participant_host, india.people.tpe)
    found = [read.queries(f"{path}?text=a", one) for one in readers]
    india.note(title="Another")
    india.version(3)
    assert [read.queries(f"{path}?text=a", one) for one in readers] == found
    assert max(found) <= 12, found
