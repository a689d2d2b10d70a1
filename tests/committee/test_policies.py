"""The rule of adoption by itself: every combination of answers of the two co-chairs and two members."""

from itertools import product

import pytest

from apps.accounts.roles import Side
from apps.committee.kinds import Answer, Basis, Outcome
from apps.committee.models import BallotItem, Position, Seat
from apps.committee.policies import Verdict, verdict
from apps.committee.procedure import PROCEDURE, State
from apps.committee.selectors import Standing, Tally
from apps.workflow.editions import EDITIONS, AdoptionRule, Mark

RULE = AdoptionRule(window_days=10, both_ends=False, early_when_all_agree=True, mark=Mark.RECALLED)
YES, NO, MEETING, ASIDE = Answer
SEATS = ((Side.HOST, True), (Side.HOST, False), (Side.JAPAN, True), (Side.JAPAN, False))
ALL = list(product((*Answer, None), repeat=4))


def tally(answers: tuple[Answer | None, ...]) -> Tally:
    """India's co-chair and member, Japan's co-chair and member."""
    seats = [Seat(side=side, is_co_chair=chair) for side, chair in SEATS]
    said = [Position(answer=answer) if answer else None for answer in answers]
    return Tally(BallotItem(), tuple(Standing(seat, position, ()) for seat, position in zip(seats, said, strict=True)))


def outcome(answers: tuple[Answer | None, ...], state: State, rule: AdoptionRule = RULE) -> str:
    """The verdict in one word."""
    found = verdict(tally(answers), state, rule)
    return "" if found is None else str(found.basis or found.outcome)


@pytest.mark.parametrize("state", [State.CIRCULATED, State.WAITING, State.CONFIRMATION])
def test_nothing_is_adopted_without_the_yes_of_both_co_chairs(state: State) -> None:
    for answers in ALL:
        if outcome(answers, state) in set(Basis):
            assert (answers[0], answers[2]) == (YES, YES)


def test_while_the_window_runs_only_the_yes_of_all_decides() -> None:
    adopted = {answers for answers in ALL if outcome(answers, State.CIRCULATED)}
    assert adopted == {(YES, first, YES, second) for first in (YES, ASIDE) for second in (YES, ASIDE)}
    assert {outcome(answers, State.CIRCULATED) for answers in adopted} == {"b"}


def test_after_the_window_objections_sever_silence_consents_and_a_co_chair_is_awaited() -> None:
    for answers in ALL:
        chairs = (answers[0], answers[2])
        severed = bool({NO, MEETING} & set(answers)) or ASIDE in chairs
        adopted = not severed and chairs == (YES, YES)
        assert outcome(answers, State.WAITING) == ("severed" if severed else "a" if adopted else "")


def test_what_a_meeting_decided_rests_with_the_co_chairs_alone() -> None:
    for answers in ALL:
        chairs = (answers[0], answers[2])
        expected = "meeting" if chairs == (YES, YES) else "severed" if {NO, MEETING, ASIDE} & set(chairs) else ""
        assert outcome(answers, State.CONFIRMATION) == expected


def test_an_edition_can_do_without_early_adoption() -> None:
    rule = AdoptionRule(window_days=10, both_ends=False, early_when_all_agree=False, mark=Mark.RECALLED)
    assert outcome((YES, YES, YES, YES), State.CIRCULATED, rule) == ""
    assert outcome((YES, YES, YES, YES), State.WAITING, rule) == "a"


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED, State.WITHDRAWN])
def test_nothing_is_decided_on_a_ballot_that_does_not_run(state: State) -> None:
    assert {outcome(answers, state) for answers in ALL} == {""}


def test_two_co_chairs_of_one_side_adopt_nothing() -> None:
    seats = [Seat(side=Side.HOST, is_co_chair=True), Seat(side=Side.JAPAN, is_co_chair=False)]
    agreed = Tally(BallotItem(), tuple(Standing(seat, Position(answer=YES), ()) for seat in seats))
    assert verdict(agreed, State.WAITING, RULE) is None
    assert verdict(agreed, State.CIRCULATED, RULE) is None


def test_the_words_of_a_verdict() -> None:
    assert verdict(tally((YES, NO, YES, None)), State.WAITING, RULE) == Verdict(Outcome.SEVERED)
    assert verdict(tally((YES, None, YES, None)), State.WAITING, RULE) == Verdict(Outcome.ADOPTED, Basis.SILENCE)


def test_the_row_of_the_window_counts_as_the_rule_of_each_edition_says() -> None:
    for key, edition in EDITIONS.items():
        if key not in PROCEDURE.tables:
            continue
        row = PROCEDURE.row(key, "close_window")
        assert row
        assert [limit.both_ends for limit in row.limit] == [edition.adoption.both_ends]
        assert edition.days(row.limit[0].parameter) == edition.adoption.window_days
