"""The rule of adoption by itself: every combination of answers of the two co-chairs and two members."""

from dataclasses import replace
from itertools import product

import pytest

from apps.accounts.roles import Role, Side
from apps.committee.kinds import Answer, Basis, Outcome, Phase
from apps.committee.models import Ballot, BallotItem, Position, Seat
from apps.committee.policies import Verdict, phase_of, verdict
from apps.committee.procedure import PROCEDURE, State
from apps.committee.selectors import Standing, Tally
from apps.workflow.editions import EDITIONS, AdoptionRule, Mark, Objection

RULE = AdoptionRule(window_days=10, both_ends=False, early_when_all_agree=True, mark=Mark.RECALLED)
YES, COMMENT, NO, MEETING, ASIDE = Answer
AYES = (YES, COMMENT)
SEATS = ((Side.HOST, True), (Side.HOST, False), (Side.JAPAN, True), (Side.JAPAN, False))
ALL = list(product((*Answer, None), repeat=4))


def tally(answers: tuple[Answer | None, ...]) -> Tally:
    """India's co-chair and member, Japan's co-chair and member."""
    seats = [Seat(side=side, is_co_chair=chair) for side, chair in SEATS]
    said = [Position(answer=answer) if answer else None for answer in answers]
    return Tally(BallotItem(), tuple(Standing(seat, position, ()) for seat, position in zip(seats, said, strict=True)))


def outcome(answers: tuple[Answer | None, ...], phase: Phase, rule: AdoptionRule = RULE) -> str:
    """The verdict in one word."""
    found = verdict(tally(answers), phase, rule)
    return "" if found is None else str(found.basis or found.outcome)


@pytest.mark.parametrize("phase", [Phase.WINDOW, Phase.AFTER_WINDOW, Phase.MEETING])
def test_nothing_is_adopted_without_the_yes_of_both_co_chairs(phase: Phase) -> None:
    for answers in ALL:
        if outcome(answers, phase) in set(Basis):
            assert {answers[0], answers[2]} <= {YES, COMMENT}


def test_while_the_window_runs_only_the_yes_of_all_decides() -> None:
    adopted = {answers for answers in ALL if outcome(answers, Phase.WINDOW)}
    assert adopted == {
        (*pair[:1], first, *pair[1:], second)
        for pair in product(AYES, repeat=2)
        for first, second in product((*AYES, ASIDE), repeat=2)
    }
    assert {outcome(answers, Phase.WINDOW) for answers in adopted} == {"b"}


def test_after_the_window_objections_sever_silence_consents_and_a_co_chair_is_awaited() -> None:
    for answers in ALL:
        chairs = (answers[0], answers[2])
        severed = bool({NO, MEETING} & set(answers)) or ASIDE in chairs
        adopted = not severed and set(chairs) <= set(AYES)
        assert outcome(answers, Phase.AFTER_WINDOW) == ("severed" if severed else "a" if adopted else "")


def test_what_a_meeting_decided_rests_with_the_co_chairs_alone() -> None:
    for answers in ALL:
        chairs = (answers[0], answers[2])
        expected = "meeting" if set(chairs) <= set(AYES) else "severed" if {NO, MEETING, ASIDE} & set(chairs) else ""
        assert outcome(answers, Phase.MEETING) == expected


def test_an_edition_can_do_without_early_adoption() -> None:
    rule = AdoptionRule(window_days=10, both_ends=False, early_when_all_agree=False, mark=Mark.RECALLED)
    assert outcome((YES, YES, YES, YES), Phase.WINDOW, rule) == ""
    assert outcome((YES, YES, YES, YES), Phase.AFTER_WINDOW, rule) == "a"


def test_an_edition_may_leave_objections_to_a_meeting_and_count_no_silence() -> None:
    rule = replace(RULE, objection=Objection.DEFERS, silence_consents=())
    assert outcome((YES, NO, YES, YES), Phase.AFTER_WINDOW, rule) == "deferred"
    assert outcome((YES, None, YES, YES), Phase.AFTER_WINDOW, rule) == ""
    assert outcome((YES, YES, YES, COMMENT), Phase.AFTER_WINDOW, rule) == "a"


def test_an_edition_may_ask_every_member_for_a_yes() -> None:
    rule = replace(RULE, must_agree=(Role.CO_CHAIR, Role.MEMBER))
    assert outcome((YES, None, YES, YES), Phase.AFTER_WINDOW, rule) == ""
    assert outcome((YES, ASIDE, YES, YES), Phase.AFTER_WINDOW, rule) == "severed"
    assert outcome((YES, COMMENT, YES, YES), Phase.AFTER_WINDOW, rule) == "a"


def test_nothing_is_decided_on_a_ballot_that_does_not_run() -> None:
    assert {outcome(answers, Phase.NONE) for answers in ALL} == {""}
    for state in (State.DRAFT, State.CLOSED, State.WITHDRAWN):
        assert phase_of(Ballot(state=state, form="electronic"), BallotItem()) == Phase.NONE


def test_two_co_chairs_of_one_side_adopt_nothing() -> None:
    seats = [Seat(side=Side.HOST, is_co_chair=True), Seat(side=Side.JAPAN, is_co_chair=False)]
    agreed = Tally(BallotItem(), tuple(Standing(seat, Position(answer=YES), ()) for seat in seats))
    assert verdict(agreed, Phase.AFTER_WINDOW, RULE) is None
    assert verdict(agreed, Phase.WINDOW, RULE) is None


def test_the_words_of_a_verdict() -> None:
    assert verdict(tally((YES, NO, YES, None)), Phase.AFTER_WINDOW, RULE) == Verdict(Outcome.SEVERED)
    assert verdict(tally((YES, None, YES, None)), Phase.AFTER_WINDOW, RULE) == Verdict(Outcome.ADOPTED, Basis.SILENCE)


def test_the_row_of_the_window_counts_as_the_rule_of_each_edition_says() -> None:
    for key, edition in EDITIONS.items():
        if key not in PROCEDURE.tables:
            continue
        row = PROCEDURE.row(key, "close_window")
        assert row
        assert [limit.both_ends for limit in row.limit] == [edition.adoption.both_ends]
        assert edition.days(row.limit[0].parameter) == edition.adoption.window_days
