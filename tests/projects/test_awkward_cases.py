"""Awkward case 23: the lowest number may stay in validation for years while later ones are registered."""

from __future__ import annotations

from apps.projects.procedure import State
from apps.workflow.options import whose_move
from tests.projects.walk import World


def test_awkward_case_23_the_first_project_stays_in_validation_while_the_second_is_registered(jcm: World) -> None:
    first = jcm.reach(State.VALIDATION)
    second = jcm.reach(State.REGISTERED)
    jcm.days(5 * 365)
    first, second = first.reload(), second.reload()
    assert [(one.reference, one.state) for one in (first, second)] == [("IN001", "validation"), ("IN002", "registered")]
    assert [row.key for row in whose_move(first)] == ["accept_assignment"], "nothing lapses; it is still the entity's move"
