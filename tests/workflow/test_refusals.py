"""Every way in which the door says no, with its code, and nothing recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.services import open_file, perform
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.probe.services import completed, lodged
from tests.untouched import refused, untouched
from tests.wheel.models import Wheel
from tests.wheel.services import act, made, stopped, turning
from tests.workflow.threads import held_by_another

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)
TOO_LONG = "A thirteenth!"


def test_nobody_else_may_take_a_step(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    allowed = {people.secretariat_host.pk, people.secretariat_japan.pk}
    for member in people.everybody:
        if member.pk not in allowed:
            with refused(NotAllowed, "DOOR-00"):
                act(wheel, "turn", member)
    for other in (Actor.clock(), Actor.decision(1)):
        with refused(NotAllowed, "DOOR-00"):
            act(wheel, "turn", other)
    for side in ("host", "japan"):
        act(made(people.secretariat_host), "turn", getattr(people, f"secretariat_{side}"))


def test_a_file_that_does_not_exist(people: Cast) -> None:
    with refused(NotNow, "DOOR-01"):
        perform(Wheel(pk=0), "turn", actor=actor(people.secretariat_host))
    with refused(NotNow, "DOOR-01"):
        perform(Wheel(), "turn", actor=Actor.clock())


def test_a_step_from_another_state_names_both(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotNow, "DOOR-02") as refusal:
        act(wheel, "slow", people.secretariat_host)
    assert str(refusal.value) == ("DOOR-02 “Slow it down” is possible in: Turning. The file is in: Made.")


def test_a_file_is_opened_once(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotNow, "DOOR-02"):
        act(wheel, "make", people.secretariat_host)
    with refused(NotNow, "DOOR-02"):
        open_file(Wheel, "turn", actor=actor(people.secretariat_host), edition="india_2026", title="A wheel")


@pytest.mark.parametrize("step", ["fly", "", "save", "delete", "refresh_from_db", "_meta", "register"])
def test_a_step_that_the_rules_do_not_know(step: str, people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotNow, "DOOR-03"):
        act(wheel, step, people.secretariat_host)


@pytest.mark.parametrize("edition", ["jcm_2013", "india_2030", ""])
def test_an_edition_without_rules_for_this_procedure(edition: str, people: Cast) -> None:
    with refused(NotNow, "DOOR-03"):
        made(people.secretariat_host, edition=edition)


@pytest.mark.parametrize("seen", [0, 1, 3, -1])
def test_a_stale_page_cannot_act(seen: int, people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    with refused(NotNow, "DOOR-04"):
        act(wheel, "slow", people.secretariat_host, version=seen)
    assert act(wheel, "slow", people.secretariat_host, version=2).version == 3


def test_a_required_document_is_named_until_it_is_there(people: Cast) -> None:
    probe = lodged(people.participant_host)
    with refused(NotReady, "DOOR-05"):
        perform(probe, "complete", actor=actor(people.secretariat_host))
    version = DocumentVersion.objects.create(
        subject_type="probe", subject_id=probe.pk, kind=Kind.PDD, number=1, name="pdd.pdf", media_type="application/pdf",
        size=3, sha256="a" * 64, uploaded_at=clock.now(), membership_id=people.participant_host.pk,
    )  # fmt: skip
    event = perform(probe, "complete", actor=actor(people.secretariat_host))
    assert event.documents == [version.sha256]


def test_time_does_not_act_before_its_time(people: Cast) -> None:
    with clock.rehearse(NOON) as time:
        wheel = turning(people.secretariat_host)
        due_at = datetime(2027, 3, 29, 15, tzinfo=UTC)
        time.move_to(due_at - timedelta(microseconds=1))
        with refused(NotNow, "DOOR-06"):
            act(wheel, "stop", Actor.clock())
        time.move_to(due_at)
        assert act(wheel, "stop", Actor.clock()).to_state == "stopped"


@pytest.mark.parametrize(
    ("inputs", "code", "field"),
    [
        ({}, "DOOR-07", "tonnes"),
        ({"tonnes": None}, "DOOR-07", "tonnes"),
        ({"tonnes": "  "}, "DOOR-08", "tonnes"),
        ({"tonnes": "1.5"}, "DOOR-08", "tonnes"),
        ({"tonnes": 1, "colour": "red"}, "DOOR-08", "colour"),
        ({"tonnes": 1, "starts_on": "30 February"}, "DOOR-08", "starts_on"),
        ({"tonnes": 1, "weight": 2}, "DOOR-09", "weight"),
    ],
)
def test_inputs_are_judged_by_name(inputs: dict[str, Any], code: str, field: str, people: Cast) -> None:
    probe = before_the_committee(people)
    with refused(NotReady, code) as refusal:
        perform(probe, "register", actor=Actor.decision(1), **inputs)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_every_problem_of_the_inputs_comes_at_once(people: Cast) -> None:
    probe = before_the_committee(people)
    with refused(NotReady, "DOOR-09", "DOOR-07", "DOOR-08"):
        perform(probe, "register", actor=Actor.decision(1), colour="red", weight=2)


def test_documents_and_checks_are_reported_together(people: Cast) -> None:
    wheel = made(people.secretariat_host, fields={"stuck": True, "weight": 101})
    with refused(NotReady, "WHL-01", "WHL-02"):
        act(wheel, "turn", people.secretariat_host)


def test_a_person_does_not_date_an_act_back(people: Cast) -> None:
    with clock.rehearse(NOON):
        wheel = made(people.secretariat_host)
        with refused(NotReady, "DOOR-10"):
            act(wheel, "turn", people.secretariat_host, effective_on=date(2027, 3, 14))
        assert act(wheel, "turn", people.secretariat_host, effective_on=date(2027, 3, 15)).effective_on == date(2027, 3, 15)


def test_today_is_todays_date_in_japan(people: Cast) -> None:
    with clock.rehearse(datetime(2027, 3, 15, 15, tzinfo=UTC)):
        wheel = made(people.secretariat_host)
        with refused(NotReady, "DOOR-10"):
            act(wheel, "turn", people.secretariat_host, effective_on=date(2027, 3, 15))
        assert act(wheel, "turn", people.secretariat_host).effective_on == date(2027, 3, 16)


@pytest.mark.parametrize(
    ("options", "code", "field"),
    [
        ({"title": ""}, "DOOR-07", "title"),
        ({"title": "   "}, "DOOR-07", "title"),
        ({"title": "x" * 301}, "DOOR-08", "title"),
        ({"title": "a\0b"}, "DOOR-08", "title"),
        ({"title": "half \ud83d"}, "DOOR-08", "title"),
        ({"reason": "a\0b"}, "DOOR-08", "reason"),
        ({"words": "a\0b"}, "DOOR-08", "words"),
        ({"words": TOO_LONG}, "DOOR-08", "label"),
        ({"fields": {"weight": 2**31}}, "DOOR-08", "weight"),
        ({"fields": {"weight": -1}}, "DOOR-08", "weight"),
        ({"fields": {"label": TOO_LONG}, "words": None}, None, ""),
    ],
)
def test_a_new_file_with_what_cannot_be_kept(options: dict[str, Any], code: str | None, field: str, people: Cast) -> None:
    if code is None:  # the step's body overwrites the label
        assert made(people.secretariat_host, **options).label == ""
        return
    with refused(NotReady, code) as refusal:
        made(people.secretariat_host, **options)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_value_too_large_for_its_column_is_refused(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    for inputs in ({"tonnes": 40_000}, {"words": TOO_LONG}):
        with refused(NotReady, "DOOR-08"):
            act(wheel, "mark", people.secretariat_host, **inputs)
    assert act(wheel, "mark", people.secretariat_host, tonnes=32_767).data["inputs"] == {"tonnes": 32_767}


def test_a_constraint_with_a_code_is_a_refusal(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotReady, "WHL-04"):
        act(wheel, "mark", people.secretariat_host, tonnes=13)
    with refused(NotReady, "WHL-04"):
        made(people.secretariat_host, fields={"weight": 13})
    assert act(wheel, "mark", people.secretariat_host, tonnes=14).version == 2


def test_a_constraint_without_a_code_is_an_error_of_ours(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with untouched(), pytest.raises(IntegrityError, match="wheel_wheel_pkey"):
        made(people.secretariat_host, fields={"id": wheel.pk})


@pytest.mark.django_db(transaction=True)
def test_a_constraint_that_speaks_at_the_end_is_a_refusal_too(people: Cast) -> None:
    wheel = made(people.secretariat_host)
    with refused(NotReady, "WHL-05"):
        act(wheel, "mark", people.secretariat_host, words="scarlet")
    with refused(NotReady, "WHL-05"):
        made(people.secretariat_host, words="scarlet")
    assert act(wheel, "mark", people.secretariat_host, words="blue").version == 2


@pytest.mark.django_db(transaction=True)
def test_a_file_that_others_hold_for_too_long(people: Cast) -> None:
    wheel = turning(people.secretariat_host)
    with held_by_another(wheel), connection.cursor() as cursor:
        cursor.execute("set lock_timeout = '50ms'")
        try:
            with refused(NotNow, "DOOR-12"):
                act(wheel, "slow", people.secretariat_host)
        finally:
            cursor.execute("set lock_timeout = '5s'")
    assert act(wheel, "slow", people.secretariat_host).version == 3


def test_a_refusal_lists_who_may(people: Cast) -> None:
    with pytest.raises(NotAllowed) as refusal:
        act(stopped(people.secretariat_host), "finish", people.secretariat_host)
    assert str(refusal.value) == "DOOR-00 only Joint Committee can take “Finish it”"


def before_the_committee(people: Cast) -> Probe:
    """A probe that waits for a decision, by its straight path."""
    with clock.rehearse(NOON) as time:
        probe = completed(people.participant_host, people.secretariat_host)
        time.move_to(NOON + timedelta(days=15))
        perform(probe, "close_inputs", actor=Actor.clock())
        perform(probe, "approve_host", actor=actor(people.government_host))
        perform(probe, "approve_japan", actor=actor(people.government_japan))
    assert Event.objects.filter(subject_type="probe", subject_id=probe.pk).count() == 6
    return probe.reload()
