"""Ballots of the tests, made through real steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.committee.kinds import Form
from apps.committee.models import Ballot, BallotItem, LateReply, Position
from apps.committee.services import KEPT_LATE, about, circulate, open_ballot, take_positions
from apps.core.clock import Rehearsal
from apps.core.errors import Refusal
from apps.events.models import Event
from apps.workflow.services import perform, sweep
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.probe.services import completed

# Noon in Japan.
START = datetime(2027, 3, 1, 3, tzinfo=UTC)
# Probes stand before the committee after fifteen days of inputs, the ballot is circulated at noon of 16 March
# and its window of ten days ends with 26 March in Japan.
CIRCULATED_AT = datetime(2027, 3, 16, 3, tzinfo=UTC)
CLOSES_AT = datetime(2027, 3, 26, 15, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)

AGREE = ("agree", "")
NO = ("do_not_agree", "The default value rests on one study.")
MEETING = ("ask_for_meeting", "The panel should read it first.")
CONFLICT = ("conflict_of_interest", "")


def probes_before_committee(people: Cast, time: Rehearsal, count: int, **fields: Any) -> list[Probe]:
    """Probes that both governments have approved; the clock then stands where ballots are circulated."""
    found = [completed(people.participant_host, people.secretariat_host, **fields) for _ in range(count)]
    time.move_to(CIRCULATED_AT)
    sweep()
    for probe in found:
        perform(probe, "approve_host", actor=actor(people.government_host))
        perform(probe, "approve_japan", actor=actor(people.government_japan))
    return [probe.reload() for probe in found]


def registering(probe: Probe, tonnes: int = 100, **inputs: Any) -> dict[str, Any]:
    """An item that registers a probe."""
    return about(probe, "register", f"Register probe {probe.pk}?", tonnes=tonnes, **inputs)


def circulated(people: Cast, *items: Mapping[str, Any], form: str = Form.ELECTRONIC, **meeting: Any) -> Ballot:
    """A ballot before the committee."""
    ballot = drafted(people, *items, form=form, **meeting)
    circulate(ballot, actor=actor(people.co_chair_japan))
    return ballot.reload()


def drafted(people: Cast, *items: Mapping[str, Any], form: str = Form.ELECTRONIC, **meeting: Any) -> Ballot:
    """A ballot that nobody has seen."""
    title = "Do you agree that the Joint Committee adopts these items?"
    return open_ballot(actor=actor(people.secretariat_japan), title=title, form=form, items=items, **meeting)


def say(ballot: Ballot, membership: Membership, answer: tuple[str, str] = AGREE, *items: int) -> Event:
    """One answer to the given items, or to every open one."""
    numbers = items or tuple(ballot.items.filter(outcome="").values_list("number", flat=True))
    return take_positions(ballot, actor=actor(membership), answers=dict.fromkeys(numbers, answer))


def both_co_chairs_agree(ballot: Ballot, people: Cast, *items: int) -> None:
    """The two yeses without which nothing is adopted."""
    say(ballot, people.co_chair_host, AGREE, *items)
    say(ballot, people.co_chair_japan, AGREE, *items)


def outcomes(ballot: Ballot) -> list[str]:
    """The items' outcomes in their order."""
    return list(BallotItem.objects.filter(ballot=ballot).order_by("number").values_list("outcome", flat=True))


@contextmanager
def kept_late(*codes: str) -> Iterator[None]:
    """The block is refused with exactly these codes; one late comment is kept, and nothing else is said."""
    positions, late = Position.objects.count(), LateReply.objects.count()
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.codes == codes
    assert getattr(caught.value, "__notes__", []) == [KEPT_LATE]
    assert (Position.objects.count(), LateReply.objects.count()) == (positions, late + 1)
    assert Event.objects.order_by("-pk").values_list("type", flat=True)[0] == "ballot.reply_late"
