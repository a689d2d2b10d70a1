"""When an item is adopted, when it is severed, and when it stays open."""

from datetime import UTC, date, datetime

import pytest

from apps.accounts.models import Membership
from apps.committee.kinds import Form
from apps.committee.models import Decision, Position
from apps.committee.services import circulate, take_positions
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.workflow.services import perform, sweep
from tests.committee.ballots import (
    AGREE,
    CLOSES_AT,
    CONFLICT,
    MEETING,
    MOMENT,
    NO,
    both_co_chairs_agree,
    circulated,
    drafted,
    kept_late,
    outcomes,
    registering,
    say,
)
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.refused import refused


def test_silence_of_members_is_consent_when_the_window_ends(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    assert ballot.closes_at == CLOSES_AT
    both_co_chairs_agree(ballot, people)
    time.move_to(CLOSES_AT - MOMENT)
    assert sweep() == 0
    assert outcomes(ballot) == [""]
    time.move_to(CLOSES_AT)
    assert sweep() == 1
    assert outcomes(ballot) == ["adopted"]
    assert ballot.reload().state == "closed"
    assert probe.reload().state == "registered"
    decision = Decision.objects.get()
    assert (decision.rule, decision.adopted_on, decision.adopted_at) == ("a", date(2027, 3, 26), CLOSES_AT)
    silent = [one.pk for one in (*people.members_host, *people.members_japan)]
    assert decision.explanation == {
        "agree": [people.co_chair_host.pk, people.co_chair_japan.pk],
        "silent": silent,
        "stood_aside": [],
        "window_ended_on": "2027-03-26",
        "held_on": None,
        "meeting_no": None,
    }


def test_a_sweep_that_comes_days_late_changes_nothing(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    both_co_chairs_agree(ballot, people)
    time.move_to(datetime(2027, 4, 2, tzinfo=UTC))
    sweep()
    decision = Decision.objects.get()
    assert (decision.adopted_on, decision.adopted_at) == (date(2027, 3, 26), CLOSES_AT)
    assert probe.reload().registered_on == date(2027, 3, 26)
    assert ballot.reload().state == "closed"


def test_silence_of_a_co_chair_is_never_consent(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    for one in (people.co_chair_host, *people.members_host, *people.members_japan):
        say(ballot, one)
    time.move_to(CLOSES_AT)
    sweep()
    assert (ballot.reload().state, outcomes(ballot)) == ("waiting", [""])
    time.move_to(datetime(2027, 5, 4, 3, tzinfo=UTC))
    assert sweep() == 0
    say(ballot, people.co_chair_japan)
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["adopted"])
    decision = Decision.objects.get()
    assert (decision.rule, decision.adopted_on) == ("a", date(2027, 5, 4))
    assert decision.adopted_at == datetime(2027, 5, 4, 3, tzinfo=UTC)
    assert probe.reload().registered_on == date(2027, 5, 4)


def test_nobody_answers_and_nothing_is_adopted(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    time.move_to(CLOSES_AT)
    sweep()
    assert (ballot.reload().state, outcomes(ballot)) == ("waiting", [""])
    assert not Decision.objects.exists()


def test_the_yes_of_all_adopts_at_once(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    *others, last = people.committee
    for one in others:
        say(ballot, one)
    assert outcomes(ballot) == [""]
    time.move_to(datetime(2027, 3, 17, 2, tzinfo=UTC))
    say(ballot, last)
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["adopted"])
    decision = Decision.objects.get()
    assert (decision.rule, decision.adopted_on) == ("b", date(2027, 3, 17))
    assert decision.adopted_at == datetime(2027, 3, 17, 2, tzinfo=UTC)
    assert decision.explanation["silent"] == []
    assert sorted(decision.explanation["agree"]) == sorted(one.pk for one in people.committee)


@pytest.mark.parametrize("objection", [NO, MEETING])
def test_an_objection_severs_its_item_and_no_other(
    people: Cast, probes: list[Probe], time: Rehearsal, objection: tuple[str, str]
) -> None:
    ballot = circulated(people, *map(registering, probes))
    both_co_chairs_agree(ballot, people)
    say(ballot, people.members_japan[0], objection, 2)
    time.move_to(CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["adopted", "severed"]
    assert ballot.reload().state == "closed"
    assert [one.reload().state for one in probes] == ["registered", "committee"]
    assert list(Decision.objects.values_list("item__number", flat=True)) == [1]


def test_the_latest_answer_before_the_window_ends_counts(people: Cast, probes: list[Probe], time: Rehearsal) -> None:
    ballot = circulated(people, *map(registering, probes))
    both_co_chairs_agree(ballot, people)
    member = people.members_host[0]
    say(ballot, member, NO, 1)
    say(ballot, member, AGREE, 2)
    time.move_to(CLOSES_AT - MOMENT)
    say(ballot, member, AGREE, 1)
    say(ballot, member, MEETING, 2)
    time.move_to(CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["adopted", "severed"]
    assert Position.objects.filter(seat__membership=member).count() == 4


def test_an_objection_one_microsecond_before_the_end_counts(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    both_co_chairs_agree(ballot, people)
    time.move_to(CLOSES_AT - MOMENT)
    say(ballot, people.members_host[0], NO)
    time.move_to(CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["severed"]
    assert probe.reload().state == "committee"


def test_an_objection_at_the_end_is_late_even_when_no_sweep_has_run(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    both_co_chairs_agree(ballot, people)
    time.move_to(CLOSES_AT)
    with pytest.raises(NotNow) as caught:
        say(ballot, people.members_host[0], NO)
    assert caught.value.codes == ("DOOR-02",)
    assert Position.objects.filter(answer="do_not_agree").count() == 0
    sweep()
    assert outcomes(ballot) == ["adopted"]


def test_a_late_objection_is_refused_while_a_co_chair_is_awaited(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    say(ballot, people.co_chair_host)
    time.move_to(CLOSES_AT)
    sweep()
    with kept_late("BAL-14"):
        say(ballot, people.members_host[0], NO)
    say(ballot, people.co_chair_japan)
    assert outcomes(ballot) == ["adopted"]


@pytest.mark.parametrize("answer", [NO, MEETING, CONFLICT])
def test_a_co_chair_who_is_awaited_may_also_refuse(people: Cast, probe: Probe, time: Rehearsal, answer: tuple[str, str]) -> None:
    ballot = circulated(people, registering(probe))
    say(ballot, people.co_chair_host)
    time.move_to(CLOSES_AT)
    sweep()
    say(ballot, people.co_chair_japan, answer)
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["severed"])
    assert not Decision.objects.exists()


def test_a_co_chair_may_take_back_a_yes_while_the_other_is_awaited(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    say(ballot, people.co_chair_host)
    time.move_to(CLOSES_AT)
    say(ballot, people.co_chair_host, NO)
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["severed"])


def test_nothing_is_said_after_adoption(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, *map(registering, probes))
    for one in people.committee:
        say(ballot, one, AGREE, 1)
    assert (ballot.reload().state, outcomes(ballot)) == ("circulated", ["adopted", ""])
    with kept_late("BAL-13"):
        say(ballot, people.members_host[0], NO, 1)
    with kept_late("BAL-13"):
        say(ballot, people.co_chair_japan, NO, 1, 2)
    assert list(ballot.late_replies.values_list("item__number", "seat__membership")) == [
        (1, people.members_host[0].pk), (1, people.co_chair_japan.pk),
    ]  # fmt: skip
    assert outcomes(ballot) == ["adopted", ""]


def test_whoever_has_a_conflict_of_interest_does_not_count(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    aside, *others = reversed(people.committee)
    for one in others:
        say(ballot, one)
    assert outcomes(ballot) == [""]
    say(ballot, aside, CONFLICT)
    assert outcomes(ballot) == ["adopted"]
    decision = Decision.objects.get()
    assert (decision.rule, decision.explanation["stood_aside"]) == ("b", [aside.pk])


def test_a_co_chair_who_stands_aside_gives_no_consent(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    say(ballot, people.co_chair_japan, CONFLICT)
    for one in people.committee:
        if one != people.co_chair_japan:
            say(ballot, one)
    assert outcomes(ballot) == [""]
    time.move_to(CLOSES_AT)
    sweep()
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["severed"])


def test_a_meetings_decision_is_adopted_when_both_co_chairs_confirm_it(
    people: Cast, probes: list[Probe], time: Rehearsal
) -> None:
    day = date(2027, 3, 18)
    ballot = circulated(people, *map(registering, probes), form=Form.MEETING, meeting_no=3, place="New Delhi", held_on=day)
    assert (ballot.state, ballot.closes_at) == ("confirmation", None)
    with refused(NotReady, "BAL-16"):
        say(ballot, people.co_chair_host)
    time.move_to(datetime(2027, 3, 20, 3, tzinfo=UTC))
    with refused(NotReady, "BAL-15"):
        say(ballot, people.members_host[0])
    say(ballot, people.co_chair_host)
    assert outcomes(ballot) == ["", ""]
    say(ballot, people.co_chair_japan, AGREE, 1)
    say(ballot, people.co_chair_japan, NO, 2)
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["adopted", "severed"])
    decision = Decision.objects.get()
    assert (decision.rule, decision.adopted_on, decision.adopted_at) == ("meeting", day, datetime(2027, 3, 20, 3, tzinfo=UTC))
    assert decision.explanation["meeting_no"] == 3
    assert probes[0].reload().registered_on == day


def test_awkward_case_40_a_decision_whose_form_is_not_stated_is_confirmed_by_both_co_chairs(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe), form=Form.UNSTATED)
    both_co_chairs_agree(ballot, people)
    assert (outcomes(ballot), Decision.objects.get().adopted_on) == (["adopted"], date(2027, 3, 16))


def test_who_sits_is_settled_when_the_ballot_is_circulated(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    assert ballot.seats.count() == 6
    late = Membership.objects.create(
        user=people.government_host.user, organisation=people.government_host.organisation, role="co_chair", side="host",
        starts_on=date(2027, 3, 1),
    )  # fmt: skip
    with refused(NotReady, "BAL-10"):
        say(ballot, late)


def test_a_superuser_has_no_seat(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    user = people.secretariat_host.user
    user.is_superuser = user.is_staff = True
    user.save()
    with refused(NotAllowed, "DOOR-00"):
        say(ballot, people.secretariat_host)
    member = Membership.objects.create(
        user=user, organisation=people.secretariat_host.organisation, role="member", side="host", starts_on=date(2027, 3, 1)
    )
    with refused(NotReady, "BAL-10"):
        say(ballot, member)


def test_two_co_chairs_of_one_side_cannot_sit(people: Cast, probe: Probe) -> None:
    ballot = drafted(people, registering(probe))
    people.co_chair_japan.ends_on = date(2027, 3, 15)
    people.co_chair_japan.save(update_fields=["ends_on"])
    second = Membership.objects.create(
        user=people.government_host.user, organisation=people.government_host.organisation, role="co_chair", side="host",
        starts_on=date(2027, 3, 1),
    )  # fmt: skip
    with refused(NotReady, "BAL-09", "BAL-09"):
        circulate(ballot, actor=actor(people.secretariat_host))
    second.ends_on = date(2027, 3, 2)
    second.save(update_fields=["ends_on"])
    with refused(NotReady, "BAL-09"):
        circulate(ballot, actor=actor(people.secretariat_host))


def test_an_item_that_is_never_confirmed_can_be_withdrawn(people: Cast, probes: list[Probe], time: Rehearsal) -> None:
    ballot = circulated(people, *map(registering, probes))
    both_co_chairs_agree(ballot, people, 1)
    time.move_to(CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["adopted", ""]
    with refused(NotReady, "BAL-21"):
        perform(ballot, "withdraw", actor=actor(people.co_chair_host))
    with refused(NotReady, "BAL-11"):
        perform(ballot, "withdraw_item", actor=actor(people.co_chair_host), item=2)
    perform(ballot, "withdraw_item", actor=actor(people.co_chair_host), item=2, reason="The participants asked for it.")
    assert (ballot.reload().state, outcomes(ballot)) == ("closed", ["adopted", "withdrawn"])


def test_a_ballot_without_an_adopted_item_can_be_withdrawn(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, *map(registering, probes))
    say(ballot, people.co_chair_host)
    event = perform(ballot, "withdraw", actor=actor(people.secretariat_japan))
    assert (ballot.reload().state, outcomes(ballot)) == ("withdrawn", ["withdrawn", "withdrawn"])
    assert event.data["items"] == [{"item": 1, "outcome": "withdrawn"}, {"item": 2, "outcome": "withdrawn"}]
    with refused(NotNow, "DOOR-02"):
        take_positions(ballot, actor=actor(people.co_chair_japan), answers={1: AGREE})
