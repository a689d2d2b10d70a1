"""Closed ballots of the tests, with documents whose bytes are in the store."""

from __future__ import annotations

from apps.committee.models import Ballot
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.workflow.services import sweep
from tests.committee.ballots import (
    AGREE,
    CLOSES_AT,
    CONFLICT,
    NO,
    both_co_chairs_agree,
    circulated,
    probes_before_committee,
    registering,
    say,
)
from tests.paper import upload
from tests.people import Cast
from tests.probe.models import Probe

RULE = {"title": "Adopt the guidelines on monitoring, version 02.0?", "text": "The committee adopts the guidelines as attached."}


def with_papers(people: Cast, probe: Probe) -> None:
    """A public document and a confidential one."""
    upload(probe, people.participant_host, Kind.PDD)
    upload(probe, people.participant_host, Kind.VALIDATION_REPORT, confidential=True)


def three_items(people: Cast, time: Rehearsal, probes: list[Probe]) -> Ballot:
    """A closed ballot: one item adopted with a conflict of interest, one objected to, and a text."""
    for probe in probes:
        with_papers(people, probe)
    ballot = circulated(people, registering(probes[0], 18_407, colour="green"), registering(probes[1]), RULE)
    say(ballot, people.members_host[0], NO, 1)
    say(ballot, people.members_host[0], AGREE, 1)
    say(ballot, people.members_host[1], NO, 2)
    say(ballot, people.members_japan[0], CONFLICT, 1)
    both_co_chairs_agree(ballot, people)
    return closed(ballot, time)


def twelve_items(people: Cast, time: Rehearsal) -> Ballot:
    """A closed ballot of twelve items: ten performed, the fourth objected to, the fifth without effect before the sixth."""
    probes = probes_before_committee(people, time, 8)
    Probe.objects.filter(pk=probes[4].pk).update(predecessor=probes[5])
    for probe in probes:
        with_papers(people, probe)
    texts = [{"title": f"Adopt text {number}?", "text": f"The words of text {number}."} for number in range(4)]
    ballot = circulated(people, *(registering(probe, 100 * probe.pk) for probe in probes), *texts)
    say(ballot, people.members_japan[1], NO, 4)
    say(ballot, people.members_host[1], CONFLICT, 2)
    say(ballot, people.members_host[0])
    both_co_chairs_agree(ballot, people)
    return closed(ballot, time)


def closed(ballot: Ballot, time: Rehearsal) -> Ballot:
    """The ballot after its window."""
    time.move_to(CLOSES_AT)
    sweep()
    after = ballot.reload()
    assert after.state == "closed"
    return after
