"""Opening a ballot, its questions, and who may put it before the committee."""

from datetime import date

import pytest

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.kinds import Form
from apps.committee.models import Ballot, BallotItem, Seat
from apps.committee.services import about, circulate, open_ballot
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.committee.ballots import CLOSES_AT, both_co_chairs_agree, circulated, drafted, outcomes, registering
from tests.people import Cast, actor, person
from tests.probe.models import Probe
from tests.refused import refused


def test_a_ballot_is_numbered_by_year(people: Cast, probe: Probe, time: Rehearsal) -> None:
    first, second = drafted(people, registering(probe)), drafted(people)
    assert (first.reference, second.reference) == ("JC-IN-2027-001", "JC-IN-2027-002")
    time.move_to(CLOSES_AT.replace(year=2028))
    assert drafted(people).reference == "JC-IN-2028-001"
    assert (first.state, first.edition, first.items.count()) == ("draft", "india_2026", 1)


def test_either_sides_secretariat_and_co_chairs_open_ballots_and_nobody_else(people: Cast) -> None:
    may = [people.secretariat_host, people.secretariat_japan, people.co_chair_host, people.co_chair_japan]
    for one in may:
        assert open_ballot(actor=actor(one), title="Ballot").state == "draft"
    for one in people.everybody:
        if one not in may:
            with refused(NotAllowed, "DOOR-00"):
                open_ballot(actor=actor(one), title="Ballot")
    assert Ballot.objects.count() == 4


def test_nothing_is_recorded_when_one_item_is_refused(people: Cast, probe: Probe) -> None:
    with refused(NotReady, "BAL-03"):
        drafted(people, registering(probe), about(probe, "withdraw", "Withdraw it?"))
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject_type": "unheard_of"}, "BAL-02"),
        ({"subject_id": 2**60}, "BAL-02"),
        ({"subject_type": ""}, "BAL-02"),
        ({"subject_id": None}, "BAL-02"),
        ({"subject_step": "dance"}, "BAL-03"),
        ({"subject_step": "approve_host"}, "BAL-03"),
        ({"subject_step": ""}, "BAL-03"),
        ({"subject_step": "x" * 41}, "BAL-05"),
        ({"inputs": {}}, "DOOR-07"),
        ({"inputs": {"tonnes": "many"}}, "DOOR-08"),
        ({"inputs": {"tonnes": 1, "colour": "red"}}, "DOOR-08"),
        ({"inputs": {"tonnes": 1, "name": "x"}}, "DOOR-09"),
        ({"inputs": ["tonnes"]}, "DOOR-08"),
        ({"inputs": "{"}, "DOOR-08"),
        ({"title": ""}, "DOOR-07"),
        ({"title": "x" * 301}, "BAL-05"),
        ({"title": "nul \0"}, "DOOR-08"),
        ({"takes_effect_on": "2027-05-02", "expires_on": "2027-05-01"}, "BAL-05"),
    ],
)
def test_a_wrong_question_is_refused(people: Cast, probe: Probe, change: dict[str, object], code: str) -> None:
    ballot = drafted(people)
    with refused(NotReady, code):
        perform(ballot, "add_item", actor=actor(people.secretariat_host), **{**registering(probe), **change})
    assert ballot.items.count() == 0


def test_the_same_question_stands_once(people: Cast, probe: Probe) -> None:
    ballot = drafted(people, registering(probe))
    with refused(NotReady, "BAL-06"):
        perform(ballot, "add_item", actor=actor(people.secretariat_host), **registering(probe))
    perform(ballot, "add_item", actor=actor(people.secretariat_host), **about(probe, "reject", "Reject it?"))
    assert ballot.items.count() == 2


def test_inputs_are_kept_as_their_step_reads_them(people: Cast, probe: Probe) -> None:
    ballot = drafted(
        people, registering(probe, 0, colour="blue") | {"inputs": {"tonnes": "18,407", "starts_on": date(2027, 4, 1)}}
    )
    assert ballot.items.get().inputs == {"tonnes": 18407, "starts_on": "2027-04-01"}


def test_items_behind_a_removed_one_move_up(people: Cast) -> None:
    texts = [{"title": f"Adopt rule {name}?"} for name in "ABC"]
    ballot = drafted(people, *texts)
    with refused(NotReady, "BAL-12"):
        perform(ballot, "remove_item", actor=actor(people.secretariat_host), item=4)
    perform(ballot, "remove_item", actor=actor(people.secretariat_host), item=2)
    assert list(ballot.items.values_list("number", "title")) == [(1, "Adopt rule A?"), (2, "Adopt rule C?")]
    perform(ballot, "add_item", actor=actor(people.secretariat_host), title="Adopt rule D?")
    assert ballot.items.get(number=3).title == "Adopt rule D?"


def test_a_text_is_decided_without_a_file(people: Cast) -> None:
    measure = {"title": "Relief from site visits", "text": "…", "takes_effect_on": "2021-02-17", "expires_on": "2021-12-31"}
    with refused(NotReady, "BAL-04"):
        drafted(people, {"title": "Rules", "inputs": {"a": 1}})
    ballot = circulated(people, measure)
    both_co_chairs_agree(ballot, people)
    item = BallotItem.objects.get()
    assert (item.effective_on, item.expires_on) == (date(2021, 2, 17), date(2021, 12, 31))


def test_a_meeting_has_a_day_and_nothing_else_has(people: Cast) -> None:
    with refused(NotReady, "BAL-07"):
        drafted(people, form=Form.MEETING)
    with refused(NotReady, "BAL-07"):
        drafted(people, form=Form.ELECTRONIC, held_on=date(2027, 3, 16))
    with refused(NotReady, "BAL-07"):
        drafted(people, form=Form.UNSTATED, meeting_no=2)
    with refused(NotReady, "DOOR-08"):
        drafted(people, form="by post")
    meeting = drafted(people, form=Form.MEETING, held_on="2027-03-16", meeting_no=1, place="Tokyo")
    assert (meeting.held_on, meeting.meeting_no, meeting.place) == (date(2027, 3, 16), 1, "Tokyo")


def test_a_ballot_is_circulated_by_its_form(people: Cast, probe: Probe) -> None:
    electronic = drafted(people, registering(probe))
    meeting = drafted(people, registering(probe), form=Form.MEETING, held_on=date(2027, 3, 16))
    with refused(NotReady, "BAL-07"):
        perform(electronic, "ask_to_confirm", actor=actor(people.co_chair_host))
    with refused(NotReady, "BAL-07"):
        perform(meeting, "circulate", actor=actor(people.co_chair_host))
    with refused(NotReady, "BAL-08"):
        perform(electronic, "circulate", actor=actor(people.co_chair_host), effective_on=date(2027, 3, 17))
    with refused(NotAllowed, "DOOR-00"):
        circulate(electronic, actor=actor(people.members_host[0]))
    circulate(electronic, actor=actor(people.co_chair_host))
    circulate(meeting, actor=actor(people.secretariat_host))
    assert (electronic.reload().state, meeting.reload().state) == ("circulated", "confirmation")
    deadline = Deadline.objects.get(subject_type="ballot")
    assert (deadline.subject_id, deadline.step, deadline.due_at, deadline.by_clock) == (
        electronic.pk,
        "close_window",
        CLOSES_AT,
        True,
    )
    assert (deadline.due_at, deadline.days) == (electronic.reload().closes_at, 10)


def test_an_empty_ballot_is_not_circulated(people: Cast) -> None:
    ballot = drafted(people)
    with refused(NotReady, "BAL-01"):
        circulate(ballot, actor=actor(people.co_chair_host))


def test_what_is_circulated_can_no_longer_be_changed(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    with refused(NotNow, "DOOR-02"):
        perform(ballot, "add_item", actor=actor(people.secretariat_host), title="One more?")
    with refused(NotNow, "DOOR-02"):
        perform(ballot, "remove_item", actor=actor(people.secretariat_host), item=1)


def test_everybody_in_force_is_seated_once(people: Cast, probe: Probe) -> None:
    chair = people.co_chair_host
    person("Gone", Role.MEMBER, chair.organisation, Side.HOST)
    Membership.objects.filter(user__name="Gone").update(ends_on=date(2027, 3, 15))
    person("Idle", Role.MEMBER, chair.organisation, Side.HOST)
    idle = Membership.objects.get(user__name="Idle").user
    idle.is_active = False
    idle.save()
    Membership.objects.create(
        user=chair.user, organisation=chair.organisation, role="member", side="host", starts_on=date(2020, 1, 1)
    )
    ballot = circulated(people, registering(probe))
    seated = {seat.membership_id for seat in Seat.objects.filter(ballot=ballot)}
    assert seated == {one.pk for one in people.committee}
    assert set(ballot.seats.filter(is_co_chair=True).values_list("membership", "side")) == {
        (people.co_chair_host.pk, "host"), (people.co_chair_japan.pk, "japan"),
    }  # fmt: skip


def test_a_side_has_at_most_ten_members(people: Cast, probe: Probe) -> None:
    for number in range(8):
        person(f"Further member {number}", Role.MEMBER, people.co_chair_japan.organisation, Side.JAPAN)
    ballot = drafted(people, registering(probe))
    with refused(NotReady, "BAL-09"):
        circulate(ballot, actor=actor(people.co_chair_host))
    Membership.objects.filter(user__name="Further member 7").update(ends_on=date(2027, 3, 1))
    circulate(ballot, actor=actor(people.co_chair_host))
    assert ballot.seats.filter(side="japan").count() == 10


def test_a_draft_is_withdrawn(people: Cast, probe: Probe) -> None:
    ballot = drafted(people, registering(probe))
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    assert (ballot.reload().state, outcomes(ballot)) == ("withdrawn", ["withdrawn"])
