"""The calendar that everybody may read: windows for public inputs and announced meetings, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Event

from apps.core import clock
from apps.projects.procedure import State
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.feeds.reading import entries, words
from tests.meetings import convened
from tests.people import Cast, actor
from tests.probe.services import completed
from tests.projects.walk import World, noon

# Time limits, their files, meetings.
BUDGET = 12


@pytest.fixture
def india(people: Cast) -> Any:
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(people, time, "india_2026")


def public(client: Client, query: str = "") -> dict[str, Event]:
    return entries(client.get(f"/calendar/public.ics{query}"))


def of_projects(client: Client) -> dict[str, Event]:
    """The entries about projects; the methodologies that they apply had windows, too."""
    return {uid: one for uid, one in public(client).items() if "/projects/" in str(one["URL"])}


def test_a_window_stands_in_it_with_the_address_of_the_public_page(client: Client, india: World) -> None:
    assert public(client) == {}
    india.reach(State.SUBMITTED)
    [(_uid, window)] = public(client).items()
    assert str(window["URL"]) == "http://localhost:8000/public-inputs/IN_PM001/", "of the methodology that is applied"
    assert client.get("/public-inputs/IN_PM001/").status_code == 200
    project = india.reach(State.INPUTS)
    deadline = Deadline.objects.get(subject_type="project", subject_id=project.pk, step="close_inputs")
    [(uid, event)] = of_projects(client).items()
    assert uid == f"deadline-{deadline.pk}@localhost"
    assert words(event)[1:] == ("CONFIRMED", project.version)
    assert words(event)[0].endswith(": Close public inputs")
    assert event["DTEND"].dt == deadline.due_at
    assert str(event["URL"]) == f"http://localhost:8000{project.public_url}"
    assert not event.walk("VALARM")
    assert client.get(project.public_url).status_code == 200


def test_a_window_that_ran_its_course_stays_and_one_withdrawn_is_cancelled(client: Client, india: World) -> None:
    ran = india.reach(State.INPUTS_CLOSED)
    assert [words(one)[1] for one in of_projects(client).values()] == ["CONFIRMED"]
    withdrawn = india.reach(State.INPUTS)
    perform(withdrawn, "withdraw", actor=actor(india.people.participant_host))
    found = {str(one["URL"]): words(one)[1] for one in of_projects(client).values()}
    address = "http://localhost:8000{}".format
    assert found == {address(ran.public_url): "CONFIRMED", address(withdrawn.public_url): "CANCELLED"}


def test_meetings_are_in_it_once_they_are_announced(client: Client, people: Cast) -> None:
    with clock.rehearse(convened.START):
        meeting = convened.planned(people, "canary-topic", place="canary-place")
        assert public(client) == {}
        convened.do(meeting, people.co_chair_host, "announce")
        response = client.get("/calendar/public.ics")
        [event] = entries(response).values()
    assert words(event)[:2] == ("Meeting No. 1 of the Joint Committee", "CONFIRMED")
    assert event["DTSTART"].dt == datetime(2027, 3, 16, 8, 30, tzinfo=UTC)
    assert b"canary" not in response.content


def test_a_file_without_a_public_page_is_not_in_it(client: Client, people: Cast) -> None:
    with clock.rehearse(convened.START):
        completed(people.participant_host, people.secretariat_host)
        assert Deadline.objects.filter(step="close_inputs", closed_at=None).exists()
        assert public(client) == {}


def test_the_address_names_the_language_and_caches_may_keep_it(client: Client, people: Cast) -> None:
    with clock.rehearse(convened.START):
        convened.announced(people)
        japanese, unknown = client.get("/calendar/public.ics?language=ja"), client.get("/calendar/public.ics?language=fr")
        own = client.get("/calendar/public.ics", headers={"accept-language": "ja"})
    assert [words(one)[0] for one in entries(japanese).values()] == ["合同委員会第1回会合"]
    assert own.content == unknown.content
    assert [words(one)[0] for one in entries(own).values()] == ["Meeting No. 1 of the Joint Committee"]
    assert (own["Cache-Control"], own["Content-Type"]) == ("public, max-age=900", "text/calendar; charset=utf-8")


def test_the_number_of_queries_does_not_grow_with_the_windows(client: Client, people: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            public(client)
        return len(captured)

    with clock.rehearse(convened.START):
        completed(people.participant_host, people.secretariat_host)
        convened.announced(people)
        few = queries()
        for _ in range(8):
            completed(people.participant_host, people.secretariat_host)
        assert few == queries() <= BUDGET
