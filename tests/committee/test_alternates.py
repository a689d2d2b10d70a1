"""Alternates: for whom they speak, within which scope and dates, and what a conflict of interest passes to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.models import Attempt, Ballot, Decision, Position
from apps.committee.selectors import ballots_waiting_for, items_waiting_for
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotReady
from apps.workflow.options import worklist
from apps.workflow.services import sweep
from tests.committee.alternate import alternate
from tests.committee.ballots import AGREE, CLOSES_AT, CONFLICT, NO, circulated, outcomes, registering, say
from tests.people import APPOINTED_ON, Cast, person
from tests.probe.models import Probe

TEXT = {"title": "Adopt the rules?"}


def test_an_alternate_speaks_for_the_seat_and_is_named(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    stand_in = alternate(people.members_host[0])
    say(ballot, stand_in, NO)
    position = Position.objects.get()
    assert (position.membership, position.seat.membership, position.side) == (stand_in, people.members_host[0], "host")
    say(ballot, people.members_host[0], AGREE)
    for one in (people.co_chair_host, people.co_chair_japan, people.members_host[1], *people.members_japan):
        say(ballot, one)
    assert outcomes(ballot) == ["adopted"]


def test_an_alternate_of_a_co_chair_gives_the_yes_that_is_needed(people: Cast, time: Rehearsal) -> None:
    ballot = circulated(people, TEXT)
    say(ballot, alternate(people.co_chair_host))
    say(ballot, people.co_chair_japan)
    time.move_to(ballot.reload().closes_at or CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["adopted"]
    assert Decision.objects.get().rule == "a"


def test_outside_the_scope_an_alternate_is_refused_and_the_try_is_remembered(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe), TEXT)
    narrow = alternate(people.members_japan[0], scope=["probe"])
    with pytest.raises(NotReady) as caught:
        say(ballot, narrow, AGREE, 1, 2)
    assert caught.value.codes == ("BAL-23",)
    assert str(caught.value) == "BAL-23 item 2 lies outside the scope of your appointment as an alternate"
    assert list(Attempt.objects.values_list("membership", "side", "codes")) == [(narrow.pk, "japan", ["BAL-23"])]
    say(ballot, narrow, AGREE, 1)
    assert Position.objects.values_list("item__number", flat=True).get() == 1


@pytest.mark.parametrize("dates", [{"ends_on": date(2026, 12, 31)}, {"starts_on": date(2028, 1, 1)}])
def test_outside_the_dates_an_alternate_is_refused_and_the_try_is_remembered(people: Cast, probe: Probe, dates: Any) -> None:
    ballot = circulated(people, registering(probe))
    late = alternate(people.members_japan[0], **dates)
    with pytest.raises(NotAllowed) as caught:
        say(ballot, late)
    assert caught.value.codes == ("DOOR-00",)
    assert list(Attempt.objects.values_list("membership", "codes")) == [(late.pk, ["DOOR-00"])]
    assert not Position.objects.exists()


def test_an_alternate_of_nobody_at_the_table_has_no_seat(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    newcomer = Membership.objects.create(
        user=people.government_japan.user, organisation=people.government_japan.organisation, role=Role.MEMBER, side="japan",
        starts_on=date(2027, 3, 1),
    )  # fmt: skip
    with pytest.raises(NotReady) as caught:
        say(ballot, alternate(newcomer))
    assert caught.value.codes == ("BAL-10",)


@pytest.mark.django_db
def test_nobody_is_an_alternate_for_the_other_side_or_for_nobody(people: Cast) -> None:
    wrong = [
        {"acts_for": people.members_japan[0], "role": Role.ALTERNATE},
        {"acts_for": None, "role": Role.ALTERNATE},
        {"acts_for": people.members_host[0], "role": Role.MEMBER},
    ]
    names = ("alternate_of_its_own_side", "membership_alternate_acts_for_another", "membership_alternate_acts_for_another")
    for fields, name in zip(wrong, names, strict=True):
        who = person(f"Wrong {name}{len(fields)}{fields['role']}", Role.PARTICIPANT, people.members_host[0].organisation)
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            Membership.objects.create(user=who.user, organisation=who.organisation, side="host", starts_on=APPOINTED_ON, **fields)
        assert caught.value.__cause__.diag.constraint_name == name


# --- Conflicts of interest ----------------------------------------------------------------------------


def test_a_conflict_is_final_for_the_person_and_passes_to_the_alternate(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    aside, stand_in = people.members_host[0], alternate(people.members_host[0])
    assert waits(stand_in) == []
    say(ballot, aside, CONFLICT)
    with pytest.raises(NotReady) as caught:
        say(ballot, aside, AGREE, 1)
    assert caught.value.codes == ("BAL-26",)
    assert Attempt.objects.get().codes == ["BAL-26"]
    assert waits(stand_in) == [ballot]
    assert [one.pk for one in worklist(stand_in)] == [ballot.pk]
    for one in people.committee:
        if one not in {aside, people.members_japan[1]}:
            say(ballot, one)
    say(ballot, stand_in, NO)
    assert waits(stand_in) == []
    say(ballot, people.members_japan[1])
    assert outcomes(ballot) == [""], "the alternate's objection counts, so that not all agree"
    say(ballot, stand_in, AGREE)
    assert outcomes(ballot) == ["adopted"]
    decision = Decision.objects.get()
    assert (decision.rule, decision.explanation["stood_aside"]) == ("b", [])
    assert aside.pk in decision.explanation["agree"], "the seat's yes, given by the alternate"


def test_an_earlier_yes_of_somebody_in_conflict_no_longer_counts(people: Cast, time: Rehearsal) -> None:
    ballot = circulated(people, TEXT)
    say(ballot, people.co_chair_host)
    say(ballot, people.co_chair_japan)
    say(ballot, people.co_chair_japan, CONFLICT)
    time.move_to(ballot.reload().closes_at or CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["severed"]


def test_a_co_chairs_alternate_may_give_the_yes_in_a_conflict(people: Cast, time: Rehearsal) -> None:
    ballot = circulated(people, TEXT)
    stand_in = alternate(people.co_chair_japan)
    say(ballot, people.co_chair_host)
    say(ballot, people.co_chair_japan, CONFLICT)
    say(ballot, stand_in)
    time.move_to(ballot.reload().closes_at or CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["adopted"]


def waits(membership: Membership) -> list[Ballot]:
    """The ballots that wait for somebody; both lists agree."""
    found = list(ballots_waiting_for(membership))
    assert [item.ballot for item in items_waiting_for(membership)] == found
    return found
