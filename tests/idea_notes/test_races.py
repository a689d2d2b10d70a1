"""Two at once: one number, one answer of a side, one project on a note, one way out of a review."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from apps.core import clock
from apps.events.models import Event
from apps.idea_notes.models import IdeaNote
from apps.projects.models import Project
from apps.workflow.services import perform
from tests.journeys import idea_note as journey
from tests.journeys.idea_note import REASON, act
from tests.people import actor, cast
from tests.projects.walk import World, noon
from tests.workflow.threads import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def india(transactional_db: None) -> Iterator[World]:  # noqa: ARG001 - rows that other connections see
    with clock.rehearse(noon(2027, 3, 1)) as time:
        yield World(cast(), time, "india_2026")


def finding(note: IdeaNote, world: World) -> Callable[[], object]:
    """Find a note complete under number two."""
    return lambda: act(note, "find_complete", world.people.secretariat_host, number=2)


def test_one_number_goes_to_one_note(india: World) -> None:
    notes = [journey.submitted(india.people) for _ in range(2)]
    assert sorted(outcomes([finding(note, india) for note in notes])) == ["NUM-01", "done"]
    assert sorted(IdeaNote.objects.values_list("reference", flat=True)) == ["", "IN_PIN002"]


def test_both_sides_answering_at_once_conclude_once(india: World) -> None:
    people, note = india.people, journey.in_review(india.people)
    outcome = outcomes(
        [
            lambda: act(note, "clear_host", people.government_host),
            lambda: act(note, "raise_concerns_japan", people.government_japan, public_reason=REASON),
        ]
    )
    assert (outcome, note.reload().state) == (["done", "done"], "consideration")
    assert Event.objects.filter(type="idea_note.conclude_review", subject_id=note.pk).count() == 1


def test_of_an_objection_and_a_withdrawal_one_comes_first(india: World) -> None:
    people, note = india.people, journey.in_review(india.people)
    outcome = outcomes(
        [
            lambda: act(note, "object_japan", people.co_chair_japan, public_reason=REASON),
            lambda: act(note, "withdraw", people.participant_japan),
        ]
    )
    assert sorted(outcome) == ["DOOR-02", "done"]
    assert note.reload().state in {"objected", "withdrawn"}


def test_one_note_carries_one_of_two_projects(india: World) -> None:
    note, projects = india.note(), [india.open(idea_note=None) for _ in range(2)]
    by = actor(india.people.participant_japan)
    taken = outcomes([lambda one=one: perform(one, "amend", actor=by, idea_note=note) for one in projects])
    assert sorted(taken) == ["PRJ-29", "done"]
    assert Project.objects.filter(idea_note=note).count() == 1


def test_a_sheet_is_taken_over_once(india: World) -> None:
    note = journey.early(journey.acknowledged, india.people)
    take = [lambda: act(note, "move_to_edition", india.people.secretariat_host)] * 2
    assert sorted(outcomes(take)) == ["DOOR-03", "done"]
    assert (note.reload().edition, note.reload().version) == ("india_2026", 4)
