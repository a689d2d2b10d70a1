"""The desk of a third-party entity: its assignments and its designation; and the scopes that end soon, for both secretariats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.core import clock
from apps.documents.kinds import Kind
from apps.findings.kinds import FindingKind
from apps.findings.models import Finding
from apps.third_party_entities.selectors import ending_soon
from apps.workflow.services import perform
from tests.decision import decide
from tests.findings.raising import raised
from tests.issuance.walk import Course
from tests.people import actor, cast
from tests.portal.reading import Reader, words
from tests.projects.walk import World, noon, upload

ACCEPT = "Accept the assignment and declare that there is no conflict of interest"
BUDGET = 12


@pytest.fixture(autouse=True)
def document_root(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"


@pytest.fixture
def india(db: None) -> Iterator[World]:  # noqa: ARG001 - opens the database
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "india_2026")


@pytest.fixture
def read(client: Client) -> Reader:
    return Reader(client)


def rows(read: Reader, by: Any) -> list[tuple[str, str, str, str, str]]:
    found = read("/", by).context["assignments"]
    return [(one["name"], one["what"], one["since"], one["counts"], one["act"]) for one in found]


def test_an_assignment_says_what_comes_next(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation()
    since = "accepted on 15 April 2027"
    none = "0 open, 0 answered, 0 carried on, 0 closed"
    assert rows(read, people.tpe) == [("IN001", "validation", since, none, "Raise findings, or report the opinion")]
    raised(project, people.tpe)
    raised(project, people.tpe, FindingKind.FAR)
    told = [
        ("IN001", "validation", since, "1 open, 0 answered, 1 carried on, 0 closed", "Wait for the responses of the participants")
    ]
    assert rows(read, people.tpe) == told
    perform(Finding.objects.get(kind="car"), "respond", actor=actor(people.participant_host), response="One.")
    told = [("IN001", "validation", since, "0 open, 1 answered, 1 carried on, 0 closed", "Close or send back 1 response")]
    assert rows(read, people.tpe) == told
    perform(Finding.objects.get(kind="car"), "close", actor=actor(people.tpe), conclusion="One.")
    assert rows(read, people.tpe)[0][3:] == (
        "0 open, 0 answered, 1 carried on, 1 closed",
        "Raise findings, or report the opinion",
    )


def test_what_is_to_be_accepted_stands_first(india: World, read: Reader) -> None:
    people = india.people
    course = Course(india)
    one = course.in_verification()
    other = india.entity(people.other_tpe)
    perform(one.reload(), "change_verifier", actor=actor(people.participant_host), verifier=other)
    [row] = rows(read, people.other_tpe)
    assert (row[0], row[1], row[4]) == (one.reference, "verification", ACCEPT)
    assert row[2].startswith("to be accepted since ")
    assert rows(read, people.tpe) == []
    text = words(read("/", people.tpe))
    assert "Assignments 0 Nothing at the moment." in text


def test_nobody_else_has_assignments(india: World, read: Reader) -> None:
    people = india.people
    india.in_validation()
    for one in (people.participant_host, people.secretariat_japan, people.members_host[0]):
        assert read("/", one).context["assignments"] is None


# --- The designation --------------------------------------------------------------------------------


def test_a_scope_is_told_of_from_half_a_year_before_its_last_day(india: World, read: Reader) -> None:
    people, last_day = india.people, date(2027, 10, 28)
    entity = india.entity(scopes=(1, 3), ends_on=last_day)
    days = (last_day - clock.today()).days
    india.days(days - 181)
    assert read("/", people.tpe).context["designation"] is None
    assert read("/", people.secretariat_host).context["ending"] == []
    india.days(1)
    told = [("1, 3", "validation", last_day, "180 days left"), ("1, 3", "verification", last_day, "180 days left")]
    panel = read("/", people.tpe).context["designation"]
    assert [(one["scopes"], one["function"], one["last_day"], one["left"]) for one in panel["ending"]] == told
    for one in (people.secretariat_host, people.secretariat_japan):
        page = read("/", one)
        assert [(row["scopes"], row["function"], row["last_day"], row["left"]) for row in page.context["ending"]] == told
        assert f"{entity.reference} First Verifier 1, 3 validation 28 October 2027 180 days left" in words(page)
    india.days(181)
    assert read("/", people.tpe).context["designation"] is None, "what has ended ends no more"


def test_a_scope_that_goes_on_is_no_warning(india: World) -> None:
    entity = india.entity(ends_on=clock.today() + timedelta(days=100))
    assert len(ending_soon(clock.today(), entity)) == 2
    upload(entity, india.people.tpe, Kind.ACCREDITATION, text="renewed")
    decide(india.people, entity, "extend", validation=[1], verification=[], ends_on=date(2031, 1, 1))
    assert [one.function.value for one in ending_soon(clock.today(), entity)] == ["verification"]


def test_review_and_suspension_stand_on_the_entitys_desk(india: World, read: Reader) -> None:
    people, entity = india.people, india.entity()
    assert read("/", people.tpe).context["designation"] is None
    decide(people, entity, "open_review", grounds="Two reports were copied.")
    day = clock.today().strftime("%-d %B %Y")
    text = words(read("/", people.tpe))
    assert f"Your designation {entity.reference} Under review since {day}; answer the grounds." in text
    perform(entity.reload(), "answer_review", actor=actor(people.tpe), statement="They were not.")
    assert f"Under review since {day}; the grounds are answered." in words(read("/", people.tpe))
    decide(people, entity.reload(), "suspend", grounds="They were.")
    text = words(read("/", people.tpe))
    assert "Suspended until the suspension is lifted; nothing may be validated or verified." in text
    assert "Suspended" not in words(read("/", people.other_tpe))


def test_assignments_and_scopes_cost_as_much_for_many_as_for_one(india: World, read: Reader) -> None:
    people, project = india.people, india.in_validation(None)
    readers = (people.tpe, people.secretariat_host)
    before = [read.queries("/", one) for one in readers]
    for _number in range(3):
        raised(project, people.tpe)
    india.entity(people.other_tpe, scopes=(2, 3), ends_on=clock.today() + timedelta(days=50))
    assert [read.queries("/", one) for one in readers] == before
    assert max(before) <= BUDGET, before
