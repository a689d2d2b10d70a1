"""Closed ballots of the tests, with documents whose bytes are in the store."""

from __future__ import annotations

from typing import Any

from apps.committee.models import Ballot
from apps.committee.services import about
from apps.core.clock import Rehearsal
from apps.documents.kinds import Kind
from apps.workflow.services import hand_in, sweep
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
from tests.people import Cast
from tests.probe.models import Probe

RULE = {"title": "Adopt the guidelines on monitoring, version 02.0?", "text": "The committee adopts the guidelines as attached."}


def questions(probes: list[Probe]) -> list[dict[str, Any]]:
    """The same questions whatever the numbers of the probes."""
    return [
        about(probes[0], "register", "Register the first probe?", tonnes=18_407, colour="green"),
        about(probes[1], "register", "Register the second probe?", tonnes=100),
    ]


def with_papers(people: Cast, probe: Probe, place: int) -> None:
    """A public document and a confidential one."""
    for kind, confidential in ((Kind.PDD, False), (Kind.VALIDATION_REPORT, True)):
        hand_in(
            subject=probe,
            kind=kind,
            name=f"{kind.value} {place}.pdf",
            content=f"%PDF-1.7\n{kind.label} {place}\n%%EOF\n".encode(),
            membership=people.participant_host,
            confidential=confidential,
        )


def three_items(people: Cast, time: Rehearsal, probes: list[Probe]) -> Ballot:
    """A closed ballot: one item adopted with a conflict of interest, one objected to, and a text."""
    for place, probe in enumerate(probes, 1):
        with_papers(people, probe, place)
    ballot = circulated(people, *questions(probes), RULE)
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
    for place, probe in enumerate(probes, 1):
        with_papers(people, probe, place)
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
