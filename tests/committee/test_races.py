"""Several members at once: one adoption, whatever the order."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from apps.committee.models import Ballot, Decision, Position
from apps.committee.services import open_ballot
from apps.core import clock
from apps.core.errors import Refusal
from apps.events.models import Event
from apps.workflow.audit import differences
from apps.workflow.services import perform, sweep
from tests.committee.ballots import NO, circulated, outcomes, registering, say
from tests.people import Cast, actor, cast
from tests.probe.models import Probe
from tests.probe.services import completed


def waiting_probe(people: Cast) -> Probe:
    """A probe that came before the committee in the past, by a rehearsed clock."""
    with clock.rehearse(clock.now() - timedelta(days=40)) as time:
        probe = completed(people.participant_host, people.secretariat_host)
        time.move_to(clock.now() + timedelta(days=30))
        sweep()
        perform(probe, "approve_host", actor=actor(people.government_host))
        perform(probe, "approve_japan", actor=actor(people.government_japan))
    return probe.reload()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread of its own, all from one barrier; what each gave or was refused with."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            results[index] = act()
        except Refusal as refusal:
            results[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def two_last_yeses(people: Cast) -> None:
    """One round: everybody but two has agreed, and these two agree at once."""
    probe = waiting_probe(people)
    ballot = circulated(people, registering(probe))
    first, *others, last = people.committee
    for one in others:
        say(ballot, one)
    events = at_once(lambda: say(ballot, first), lambda: say(ballot, last))
    assert all(isinstance(event, Event) for event in events), events
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["adopted"])
    assert Decision.objects.filter(ballot=ballot).count() == 1
    assert Event.objects.filter(type="probe.register", subject_id=probe.pk).count() == 1
    assert Event.objects.filter(type="ballot.settle", subject_id=ballot.pk).count() == 1
    assert probe.reload().state == "registered"


@pytest.mark.django_db(transaction=True)
def test_two_last_yeses_at_once_adopt_once() -> None:
    people = cast()
    for _ in range(3):
        two_last_yeses(people)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_two_last_yeses_at_once_adopt_once_in_fifty_rounds() -> None:
    people = cast()
    for _ in range(50):
        two_last_yeses(people)
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_all_members_at_once_are_all_heard() -> None:
    people = cast()
    ballot = circulated(people, registering(waiting_probe(people)), {"title": "Adopt the rules?"})
    at_once(*(lambda one=one: say(ballot, one, ("agree", ""), 1) for one in people.committee))
    assert Position.objects.filter(ballot=ballot).count() == 6
    assert outcomes(ballot) == ["adopted", ""]


@pytest.mark.django_db(transaction=True)
def test_a_last_yes_against_an_objection_ends_one_way_or_the_other() -> None:
    people = cast()
    chair, wavering, *others = people.committee
    ballot = circulated(people, {"title": "Adopt the rules?"})
    for one in (wavering, *others):
        say(ballot, one)
    results = at_once(lambda: say(ballot, chair), lambda: say(ballot, wavering, NO))
    refusals = [one.codes for one in results if isinstance(one, Refusal)]
    if refusals:
        assert (outcomes(ballot), Position.objects.filter(answer="do_not_agree").count()) == (["adopted"], 0)
        assert refusals in ([("BAL-13",)], [("DOOR-02",)])
    else:
        assert (outcomes(ballot), ballot.reload().state) == ([""], "circulated")


@pytest.mark.django_db(transaction=True)
def test_two_ballots_drafted_at_once_get_two_numbers() -> None:
    people = cast()
    who = actor(people.secretariat_host)
    found = at_once(*(lambda: open_ballot(actor=who, title="Ballot").reference for _ in range(4)))
    year = clock.today().year
    assert sorted(map(str, found)) == [f"JC-IN-{year}-{number:03d}" for number in (1, 2, 3, 4)]
    assert Ballot.objects.count() == 4
