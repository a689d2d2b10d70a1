"""Grievances: who sees them, whose move it is, by when, and where the edition hears none."""

from __future__ import annotations

import pytest

from apps.core.errors import NotAllowed, NotNow
from apps.events.models import Event
from apps.rules.models import Grievance
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file, perform
from tests.decision import decide
from tests.journeys.grievance import GIVEN, REMEDY, admitted, lodged
from tests.people import Cast, actor
from tests.refused import refused


def test_a_grievance_is_numbered_when_it_is_admitted(people: Cast) -> None:
    assert lodged(people).reference == ""
    assert [admitted(people).reference for _ in range(2)] == ["IN_GR001", "IN_GR002"]


def test_each_time_limit_is_the_editions(people: Cast) -> None:
    first = open_deadlines(lodged(people)).get()
    then = open_deadlines(admitted(people)).get()
    assert (first.step, first.rule, first.days) == ("admit", "completeness_days", 7)
    assert (then.step, then.rule, then.days, then.by_clock) == ("uphold", "grievance_days", 60, False)


def test_an_upheld_grievance_says_what_follows(people: Cast) -> None:
    grievance = admitted(people)
    event = decide(people, grievance, "uphold", remedy=REMEDY)
    assert (grievance.reload().state, event.data["inputs"]["remedy"]) == ("upheld", REMEDY)


def test_only_the_complainant_withdraws_it(people: Cast) -> None:
    grievance = lodged(people)
    for other in (people.participant_host, people.tpe, people.secretariat_japan):
        with refused(NotAllowed, "DOOR-00"):
            perform(grievance, "withdraw", actor=actor(other))
    perform(grievance, "withdraw", actor=actor(people.participant_japan))
    assert grievance.reload().state == "withdrawn"


@pytest.mark.parametrize("edition", ["jcm_2013", "jcm_2022"])
def test_an_edition_without_a_table_hears_none(edition: str, people: Cast) -> None:
    columns = {"lodged_by_id": people.participant_japan.organisation_id}
    with refused(NotNow, "DOOR-03"):
        open_file(Grievance, "lodge", actor=actor(people.participant_japan), fields=columns, **{**GIVEN, "edition": edition})
    assert not Event.objects.filter(subject_type="grievance").exists()
