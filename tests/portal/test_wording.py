"""The portal's words: none is missing, whatever the rulebook's edition, state, step or language."""

from __future__ import annotations

import pytest
from django.utils import translation

from apps.accounts.roles import Role, Side
from apps.issuance.procedure import PROCEDURE as ROUND_PROCEDURE
from apps.issuance.procedure import State as RoundState
from apps.issuance.selectors import STATES_OF
from apps.portal.render.history import TOLD
from apps.portal.render.listing import heading
from apps.portal.render.sentences import PROJECT, PROJECT_SHORT, ROUND, ROUND_SHORT
from apps.portal.render.whose import Mover, movers, whose_move
from apps.projects.models import Site
from apps.projects.procedure import PROCEDURE, State
from apps.workflow.table import Procedure

BOTH = [PROCEDURE, ROUND_PROCEDURE]


def test_every_state_has_a_sentence_and_few_words() -> None:
    assert set(PROJECT) == set(PROJECT_SHORT) == set(State)
    assert set(ROUND) == set(ROUND_SHORT) == set(RoundState)
    short = [str(words) for words in (*PROJECT_SHORT.values(), *ROUND_SHORT.values())]
    assert max(map(len, short)) <= len("Before the Governments")
    sentences = [str(words) for words in (*PROJECT.values(), *ROUND.values())]
    assert all(one.endswith(".") for one in sentences)
    assert all("%(number)s" in str(one) for one in ROUND.values())


@pytest.mark.parametrize("procedure", BOTH)
def test_every_step_is_told_as_something_done(procedure: Procedure) -> None:
    steps = {f"{procedure.key}.{key}" for key in procedure.steps()}
    assert {key for key in TOLD if key.startswith(f"{procedure.key}.")} == steps


@pytest.mark.parametrize("language", ["en", "ja", "hi"])
@pytest.mark.parametrize("procedure", BOTH)
def test_whoever_is_awaited_has_a_name_and_a_move(procedure: Procedure, language: str) -> None:
    with translation.override(language):
        for rows in procedure.tables.values():
            for row in rows:
                (mover, *_others) = movers([row])
                assert mover.label
                assert mover.name
                assert mover.sentence
                assert "%(" not in mover.name + mover.sentence


def test_the_running_states_of_rounds_are_those_of_the_stages() -> None:
    running = {state for states in STATES_OF.values() for state in states}
    assert running == set(RoundState) - ROUND_PROCEDURE.final


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("submit_pdd", "It is the project participants’ move."),
        ("request_registration", "It is the focal point’s move."),
        ("report_positive", "It is the third-party entity’s move."),
        ("accept_as_complete", "It is the secretariat’s move."),
        ("register", "It is the Joint Committee’s move."),
        ("approve_registration_host", "It is the Government of India’s move."),
        ("approve_registration_japan", "It is the Government of Japan’s move."),
        ("close_inputs", "Nobody has to act; it ends by itself."),
    ],
)
def test_whose_move_it_is_reads_as_a_sentence(step: str, sentence: str) -> None:
    row = PROCEDURE.row("india_2026", step)
    assert row
    assert whose_move(movers([row])) == sentence


def test_several_movers_share_a_sentence() -> None:
    rows = [row for row in PROCEDURE.rows("india_2026") if row.key in {"register", "accept_as_complete", "close_inputs"}]
    assert whose_move(movers(rows)) == "It is the move of the secretariat and the Joint Committee."
    assert whose_move([]) == ""
    assert Mover(Role.REGISTRY, Side.HOST).sentence == "It is the move of India’s registry officer."


@pytest.mark.parametrize(
    ("count", "registered", "words"),
    [
        (0, 0, "No project has been published yet"),
        (1, 1, "One project, one registered"),
        (4, 0, "Four projects, none of them registered"),
        (10, 3, "Ten projects, three of them registered"),
        (11, 4, "11 projects, 4 of them registered"),
        (1200, 0, "1,200 projects, none of them registered"),
    ],
)
def test_the_heading_counts_in_words_while_numbers_are_small(count: int, registered: int, words: str) -> None:
    assert heading(count, registered) == words


def test_a_place_and_its_district_of_one_name_are_told_once() -> None:
    assert str(Site(place="Anand", district="Anand", state_or_province="Gujarat")) == "Anand, Gujarat"
    assert str(Site(place="Sanand", district="Ahmedabad", state_or_province="Gujarat")) == "Sanand, Ahmedabad, Gujarat"
