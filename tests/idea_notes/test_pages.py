"""The pages bear a file whose edition a step changes, and a country that has no rules yet."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from apps.core import clock
from apps.dashboard.selectors import openings
from apps.idea_notes.models import IdeaNote
from tests.journeys import idea_note as journey
from tests.people import Cast
from tests.projects.walk import World
from tests.workflow.test_step_screens import confirmed, filled, hidden

pytestmark = pytest.mark.django_db
SHEET = datetime(2025, 10, 1, 3, tzinfo=UTC)


def test_a_file_is_taken_over_on_its_page_and_a_second_press_leads_back_to_it(client: Client, people: Cast) -> None:
    note = journey.early(journey.acknowledged, people)
    client.force_login(people.secretariat_host.user)
    file, place = f"/idea_note/{note.pk}/", f"/idea_note/{note.pk}/move_to_edition/"
    before = client.get(note.get_absolute_url()).content.decode()
    assert "Take the file over into the rules now in force" in before
    checked = client.post(place, filled(client, place))
    sent = {**hidden(checked), "confirm": "yes"}
    for _press in range(2):
        response = client.post(place, sent)
        assert (response.status_code, response["Location"]) == (302, file)
    after = client.get(file).content.decode()
    assert "Received before the rules" in after
    assert "Parabolic troughs with heat storage" in after
    assert "Find the idea note complete and circulate it" in after
    assert "Submit the project information sheet" in after
    assert note.reload().version == 4


def test_before_the_rules_only_idea_notes_are_opened(client: Client, people: Cast) -> None:
    client.force_login(people.participant_japan.user)
    with clock.rehearse(SHEET):
        assert [(one.key, row.key) for one, row in openings(people.participant_japan)] == [("idea_note", "draft")]
        assert client.get("/").status_code == 200
        for place in ("/project/new/draft/", "/methodology/new/draft/", "/ballot/new/draft/"):
            assert client.get(place).status_code == 404
        response = confirmed(client, "/idea_note/new/draft/", filled(client, "/idea_note/new/draft/", title="A sheet"))
        assert response.status_code == 302
    assert IdeaNote.objects.get().edition == "india_interim"


def test_before_the_first_meeting_nothing_is_opened(client: Client, people: Cast) -> None:
    client.force_login(people.participant_japan.user)
    with clock.rehearse(datetime(2025, 9, 21, 3, tzinfo=UTC)):
        assert list(openings(people.participant_japan)) == []
        assert client.get("/idea_note/new/draft/").status_code == 404


def test_the_page_of_a_project_offers_decided_notes_only(client: Client, people: Cast, time: clock.Rehearsal) -> None:
    world = World(people, time, "india_2026")
    decided, secret = world.note(title="Decided for all to see"), journey.in_review(people, title="Not decided yet")
    assert (decided.reference, secret.reference) == ("IN_PIN001", "IN_PIN002")
    client.force_login(people.stranger.user)
    page = client.get("/project/new/draft/").content.decode()
    assert "Decided for all to see" in page
    assert "Not decided yet" not in page
