"""What pages read: the board, the sentences, what waits for whom; each with a constant number of queries."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.committee import render, selectors
from apps.committee.kinds import Answer, Form
from apps.committee.models import Ballot
from apps.committee.services import circulate
from apps.core.clock import Rehearsal
from apps.workflow.options import available_steps, whose_move, worklist
from apps.workflow.services import sweep
from tests.committee.ballots import (
    AGREE,
    CIRCULATED_AT,
    CLOSES_AT,
    CONFLICT,
    MEETING,
    NO,
    both_co_chairs_agree,
    circulated,
    drafted,
    registering,
    say,
)
from tests.people import Cast, actor
from tests.probe.models import Probe

TEXTS = [{"title": f"Adopt rule {number}?"} for number in range(1, 5)]


@pytest.fixture
def at_circulation(time: Rehearsal) -> None:
    """The moment at which the ballots of these tests are circulated."""
    time.move_to(CIRCULATED_AT)


def test_the_board_shows_what_counts_and_what_was_said_before(people: Cast) -> None:
    ballot = circulated(people, *TEXTS)
    member = people.members_japan[0]
    say(ballot, member, AGREE, 1, 3)
    say(ballot, member, MEETING, 3)
    say(ballot, people.co_chair_host, AGREE)
    board = selectors.board(ballot)
    order = [people.co_chair_host, *people.members_host, people.co_chair_japan, *people.members_japan]
    assert [seat.membership for seat in board.seats] == order
    row = board.rows(Side.JAPAN)[1]
    assert row.seat.membership == member
    assert [one.answer for one in row.standings] == [Answer.AGREE, None, Answer.ASK_FOR_MEETING, None]
    assert [one.answer for one in row.standings[2].before] == ["agree"]
    assert (row.unanswered, row.last and row.last.answer) == ((1, 3), "ask_for_meeting")
    assert [one.reason for one in board.reasons] == [MEETING[1]]
    assert board.seat_of(member) == row.seat
    assert board.seat_of(people.tpe) is None
    assert board.seat_of(None) is None


@pytest.mark.usefixtures("at_circulation")
def test_sentences_of_a_running_ballot(people: Cast) -> None:
    ballot = circulated(people, *TEXTS)
    both_co_chairs_agree(ballot, people, 1)
    say(ballot, people.co_chair_host, AGREE, 2)
    say(ballot, people.members_host[0], MEETING, 3)
    say(ballot, people.members_host[1], CONFLICT, 3)
    say(ballot, people.members_japan[0], AGREE)
    board = selectors.board(ballot)
    assert [render.item_sentence(tally) for tally in board.tallies] == [
        "3 agree, 3 to answer",
        "2 agree, 4 to answer",
        "1 agrees, 1 asks for a meeting, 1 stands aside, 3 to answer",
        "1 agrees, 5 to answer",
    ]
    assert [render.what_is_missing(ballot, tally) for tally in board.tallies] == [
        "As it stands, adopted at the close.",
        "Still needs the yes of the co-chair of Japan.",
        "As it stands, severed at the close; the objections can still be changed.",
        "Still needs the yes of both co-chairs.",
    ]
    assert render.side_sentence(board, Side.HOST) == "None of three has answered. The co-chair still has items 3 and 4 to answer."
    assert (
        render.side_sentence(board, Side.JAPAN) == "One of three has answered. The co-chair still has items 2, 3 and 4 to answer."
    )
    assert render.silence_sentence(ballot) == "Your silence counts as consent. A co-chair's silence does not."
    chair, member = board.seat_of(people.co_chair_host), board.seat_of(people.members_host[0])
    assert render.silence_sentence(ballot, chair) == "Your silence is not consent: without your yes nothing is adopted."
    assert render.silence_sentence(ballot, member) == render.silence_sentence(ballot)


@pytest.mark.usefixtures("at_circulation")
def test_sentences_of_outcomes(people: Cast, time: Rehearsal) -> None:
    ballot = circulated(people, *TEXTS[:3])
    both_co_chairs_agree(ballot, people, 1, 2)
    say(ballot, people.members_host[0], NO, 2)
    time.move_to(CLOSES_AT.replace(month=6))
    sweep()
    ballot = ballot.reload()
    board = selectors.board(ballot)
    assert [render.what_is_missing(ballot, tally) for tally in board.tallies] == [
        "Adopted on 26 March 2027: no objection within the window, and both co-chairs agreed.",
        "Severed from this ballot: 1 does not agree.",
        "Needs the yes of both co-chairs; silence is not consent.",
    ]
    assert board.tallies[0].decision
    assert board.tallies[1].decision is None


def test_sentences_of_a_draft_and_of_a_meeting(people: Cast) -> None:
    draft = drafted(people, TEXTS[0])
    assert [render.what_is_missing(draft, tally) for tally in selectors.board(draft).tallies] == ["Not yet circulated."]
    unstated = circulated(people, TEXTS[0], form=Form.UNSTATED)
    assert "nobody else need answer" in render.silence_sentence(unstated)


@pytest.mark.usefixtures("at_circulation")
def test_what_waits_for_a_member_and_for_a_co_chair(people: Cast, time: Rehearsal) -> None:
    first, second = circulated(people, *TEXTS[:2]), circulated(people, TEXTS[2])
    member, chair = people.members_host[0], people.co_chair_japan
    assert [item.title for item in selectors.items_waiting_for(member)] == ["Adopt rule 1?", "Adopt rule 2?", "Adopt rule 3?"]
    say(first, member, AGREE, 1)
    say(second, member, NO)
    assert [item.title for item in selectors.items_waiting_for(member)] == ["Adopt rule 2?"]
    assert list(selectors.ballots_waiting_for(member)) == [first]
    assert not selectors.items_waiting_for(people.secretariat_host).exists()
    time.move_to(CLOSES_AT.replace(month=6))
    sweep()
    assert not selectors.items_waiting_for(member).exists()
    assert [item.title for item in selectors.items_waiting_for(chair)] == ["Adopt rule 1?", "Adopt rule 2?"]


def test_the_worklist_holds_a_ballot_until_its_items_are_answered(people: Cast) -> None:
    ballot = circulated(people, *TEXTS[:2])
    draft = drafted(people, TEXTS[0])
    member, chair = people.members_host[0], people.co_chair_host
    assert worklist(member) == [ballot]
    assert set(worklist(chair)) == {ballot, draft}
    assert worklist(people.secretariat_japan) == [draft]
    say(ballot, member, AGREE, 1)
    assert worklist(member) == [ballot]
    say(ballot, member, AGREE, 2)
    assert worklist(member) == []


def test_whose_move_a_ballot_is(people: Cast, time: Rehearsal) -> None:
    ballot = drafted(people, TEXTS[0])
    moves = [[row.key for row in whose_move(ballot)]]
    circulate(ballot, actor=actor(people.co_chair_host))
    moves.append([row.key for row in whose_move(ballot.reload())])
    time.move_to(CLOSES_AT)
    sweep()
    moves.append([row.key for row in whose_move(ballot.reload())])
    both_co_chairs_agree(ballot, people)
    moves.append([row.key for row in whose_move(ballot.reload())])
    assert moves == [["circulate"], ["take_position", "close_window"], ["take_position"], []]
    assert [row.key for row in whose_move(drafted(people, form=Form.UNSTATED))] == ["ask_to_confirm"]


def test_steps_are_open_to_those_with_a_seat(people: Cast) -> None:
    ballot = circulated(people, TEXTS[0])
    late = Membership.objects.create(
        user=people.government_japan.user, organisation=people.government_japan.organisation, role="member", side="japan",
        starts_on=date(2020, 1, 1),
    )  # fmt: skip

    def codes(membership: Membership | None) -> list[str]:
        option = next(one for one in available_steps(ballot, membership) if one.row.key == "take_position")
        return [problem.code for problem in option.problems]

    assert (codes(people.members_japan[0]), codes(late), codes(people.tpe), codes(None)) == (
        [],
        ["BAL-10"],
        ["DOOR-00"],
        ["DOOR-00"],
    )


def test_who_may_read_which_ballots(people: Cast) -> None:
    draft, running = drafted(people, TEXTS[0]), circulated(people, TEXTS[0])
    both = {draft, running}
    for one in people.everybody:
        expected = both if one.role in {"co_chair", "secretariat"} else {running} if one.role == "member" else set()
        assert set(selectors.ballots_visible_to(one)) == expected
    assert not selectors.ballots_visible_to(None).exists()


def test_decisions_and_running_items_of_a_file(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, *map(registering, probes))
    assert [item.number for item in selectors.ballots_on(probes[1])] == [2]
    for one in people.committee:
        say(ballot, one)
    assert [one.item.number for one in selectors.decisions_on(probes[1])] == [2]
    assert not selectors.ballots_on(probes[1]).exists()
    assert [one.item.number for one in selectors.decisions()] == [2, 1]
    items = list(ballot.items.order_by("number"))
    assert selectors.subjects_of(items) == {item.pk: probe for item, probe in zip(items, probes, strict=True)}


READS: list[tuple[int, Callable[[Ballot, Membership], Any]]] = [
    (4, lambda ballot, _one: selectors.board(ballot).rows(Side.HOST) and selectors.board),
    (1, lambda _ballot, one: list(selectors.items_waiting_for(one))),
    (1, lambda _ballot, one: list(selectors.ballots_waiting_for(one))),
    (1, lambda _ballot, one: list(selectors.ballots_visible_to(one))),
    (1, lambda _ballot, _one: [(one.item.title, one.ballot.reference) for one in selectors.decisions()]),
]


@pytest.mark.parametrize(("most", "read"), READS)
def test_reading_takes_the_same_queries_whatever_the_size(
    people: Cast, django_assert_max_num_queries: Any, most: int, read: Callable[[Ballot, Membership], Any]
) -> None:
    ballot = circulated(people, *TEXTS)
    for one in people.committee[:4]:
        say(ballot, one)
    circulated(people, *TEXTS)
    with django_assert_max_num_queries(most):
        read(ballot, people.members_host[0])
