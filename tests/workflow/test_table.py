"""A table that contradicts itself does not load; one that its app does not match fails the system check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db.models import TextChoices

from apps.accounts.roles import Role, either
from apps.documents.kinds import Kind
from apps.workflow import registry
from apps.workflow.fsm import Act, step
from apps.workflow.inputs import Text
from apps.workflow.table import BrokenTable, Limit, Procedure, Step
from tests.probe.models import Probe
from tests.probe.procedure import PROCEDURE as PROBE
from tests.wheel import checks as wheel_checks
from tests.wheel.models import Wheel
from tests.wheel.procedure import PROCEDURE as WHEEL


class State(TextChoices):
    """Three states."""

    BEGUN = "begun", "Begun"
    MIDDLE = "middle", "In the middle"
    ENDED = "ended", "Ended"


BEGUN, MIDDLE, ENDED = State.BEGUN, State.MIDDLE, State.ENDED
SEC, CLOCK = (either(Role.SECRETARIAT),), (either(Role.CLOCK),)
BEGIN = Step("1", "begin", "Begin", (), BEGUN, SEC)
GO_ON = Step("2", "go_on", "Go on", (BEGUN,), MIDDLE, SEC)
END = Step("3", "end", "End", (MIDDLE,), ENDED, SEC)
SOUND = (BEGIN, GO_ON, END)


def loaded(*rows: Step, **options: Any) -> Procedure:
    """A procedure of these rows."""
    options = {"final": frozenset({ENDED}), "inputs": {"why": Text("why", "Why")}, "tables": {"india_2026": rows}, **options}
    return Procedure(key="tale", app="wheel", model="Wheel", title="Tale", states=State, **options)


def test_a_sound_table_loads() -> None:
    tale = loaded(*SOUND)
    assert tale.row("india_2026", "go_on") is GO_ON
    assert tale.row("india_2026", "fly") is None
    assert tale.row("jcm_2013", "go_on") is None
    assert tale.rows("india_2026") == SOUND
    assert list(tale.steps()) == ["begin", "go_on", "end"]
    assert tale.event_type(END) == "tale.end"


BROKEN = {
    "step go_on stands twice": (*SOUND, GO_ON),
    "state middle cannot be reached": (BEGIN, replace(GO_ON, target=ENDED), END),
    "state middle has no way out and is not final": (BEGIN, GO_ON),
    "final state ended has a way out": (*SOUND, Step("4", "again", "Again", (ENDED,), BEGUN, SEC)),
    "no step opens a file": (GO_ON, END),
    "step save is an attribute of every Django model": (BEGIN, replace(GO_ON, key="save"), END),
    "step objects_of is open to nobody": (BEGIN, replace(GO_ON, key="objects_of", who=()), END),
    "step go_on: input whence is not declared": (BEGIN, replace(GO_ON, inputs=("whence",)), END),
    "step go_on: step fly does not exist": (BEGIN, replace(GO_ON, then=("fly",)), END),
    "step go_on: step end is not the clock's to take": (BEGIN, replace(GO_ON, then=("end",)), END),
    "step end: the clock cannot fill in what it asks for": (BEGIN, GO_ON, replace(END, who=CLOCK, inputs=("why",))),
    "step end: the edition has no parameter forty_days": (BEGIN, GO_ON, replace(END, limit=(Limit("forty_days"),))),
    "step end: limit in begun, which is no state of its": (
        BEGIN,
        GO_ON,
        replace(END, limit=(Limit("completeness_days", only_in=BEGUN),)),
    ),
}


@pytest.mark.parametrize("complaint", BROKEN)
def test_a_broken_table_does_not_load(complaint: str) -> None:
    with pytest.raises(BrokenTable) as error:
        loaded(*BROKEN[complaint])
    assert str(error.value) == f"tale (india_2026): {complaint}"


def test_every_edition_is_judged() -> None:
    with pytest.raises(BrokenTable, match=r"^tale \(jcm_2013\): no step opens a file$"):
        loaded(tables={"india_2026": SOUND, "jcm_2013": (GO_ON, END)})
    with pytest.raises(BrokenTable, match=r"^tale \(india_2062\): there is no edition india_2062$"):
        loaded(tables={"india_2062": SOUND})


def test_a_loop_back_is_no_contradiction() -> None:
    assert loaded(*SOUND, Step("4", "back", "Back", (MIDDLE,), BEGUN, SEC)).rows("india_2026")[-1].key == "back"


def test_two_editions_may_not_lead_one_state_two_ways_under_one_key() -> None:
    other = (BEGIN, replace(GO_ON, target=ENDED))
    tale = loaded(tables={"india_2026": SOUND, "jcm_2013": other})

    def go_on(self: object, act: Act) -> None:
        """Nothing."""

    with pytest.raises(BrokenTable, match="tale: step go_on leads begun to two states; give one another key"):
        step(tale)(go_on)


def test_limits_are_found_by_the_state_that_opens_them() -> None:
    found = {state: [(row.key, limit.parameter) for row, limit in WHEEL.limits_in("india_2026", state)] for state in WHEEL.states}
    assert found == {
        "made": [("turn", "completeness_days")],
        "turning": [("stop", "methodology_inputs_days")],
        "slow": [("stop", "methodology_inputs_days")],
        "stopped": [("remind", "pdd_inputs_days"), ("lapse", "consideration_days"), ("finish", "extended_consideration_days")],
        "done": [],
        "gone": [],
    }
    assert [state for state in WHEEL.states if WHEEL.awaits_clock("india_2026", state)] == ["turning", "slow", "stopped"]


def test_a_limit_may_hold_in_one_state_only() -> None:
    row = replace(WHEEL.row("india_2026", "stop"), limit=(Limit("completeness_days", only_in=WHEEL.states.SLOW),))
    assert row.limit_in("slow") == Limit("completeness_days", only_in="slow")
    assert row.limit_in("turning") is None
    assert row.limit_in("made") is None


@pytest.fixture
def complaints() -> Iterator[Any]:
    """What the system check says of a changed procedure."""
    before = dict(registry._procedures)

    def check(changed: Procedure) -> list[str]:
        registry._procedures.clear()
        registry._procedures[changed.key] = changed
        return [error.msg for error in run_checks(tags=["procedures"])]

    yield check
    registry._procedures.clear()
    registry._procedures.update(before)


def rows_with(procedure: Procedure, step: str, /, **changes: Any) -> dict[str, tuple[Step, ...]]:
    """The tables with one row changed."""
    changed = (replace(row, **changes) if row.key == step else row for row in procedure.tables["india_2026"])
    return {"india_2026": tuple(changed)}


def test_the_procedures_of_this_site_are_whole() -> None:
    assert run_checks(tags=["procedures"]) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"key": "roll"}, ["wheel: step roll has no method on Wheel", "wheel: method slow of Wheel has no row"]),
        ({"key": "reload"}, [
            "wheel: step reload has no method on Wheel",
            "wheel: method slow of Wheel has no row",
            "wheel: step reload is an attribute of every file",
        ]),
        ({"checks": ("wheel_is_round",)}, ["wheel: checks.wheel_is_round is named in the table but does not exist"]),
        ({"effects": ("wheel_sold",)}, ["wheel: services.wheel_sold is named in the table but does not exist"]),
        (
            {"limit": (Limit("completeness_days", since="sold_on"),)},
            ["wheel: a time limit counts from sold_on, which Wheel does not have"],
        ),
    ],
)  # fmt: skip
def test_a_table_and_its_app_name_each_other(changes: dict[str, Any], expected: list[str], complaints: Any) -> None:
    changed = replace(WHEEL, tables=rows_with(WHEEL, "slow", **changes))
    Wheel.procedure, before = changed, Wheel.procedure
    try:
        assert complaints(changed) == expected
    finally:
        Wheel.procedure = before


def test_a_check_that_no_row_names_is_found(complaints: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def wheel_is_round() -> None:
        """Nothing."""

    def _half() -> None:
        """Nothing."""

    for function in (wheel_is_round, _half):
        function.__module__ = wheel_checks.__name__
        monkeypatch.setattr(wheel_checks, function.__name__, function, raising=False)
    assert complaints(WHEEL) == ["wheel: checks.wheel_is_round is named by no row"]


def test_a_model_of_another_procedure_is_found(complaints: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Probe, "procedure", WHEEL)
    assert complaints(PROBE) == ["probe: Probe.procedure is another procedure"]


def test_a_row_is_for_its_roles_only() -> None:
    complete = PROBE.row("india_2026", "complete")
    assert complete is not None
    assert complete.documents == (Kind.PDD,)
    assert complete.is_for(Role.SECRETARIAT)
    assert not complete.is_for(Role.CLOCK)
    assert not complete.opens


EARLY = (BEGIN, replace(GO_ON, into="india_2026"))


def test_a_file_may_go_on_under_a_later_edition_that_knows_its_state() -> None:
    tale = loaded(tables={"india_interim": EARLY, "india_2026": SOUND})
    assert [row.into for row in tale.rows("india_interim")] == ["", "india_2026"]
    with pytest.raises(BrokenTable, match="the edition india_2026 does not go on from ended"):
        loaded(tables={"india_interim": (BEGIN, replace(GO_ON, target=ENDED, into="india_2026")), "india_2026": SOUND})
    with pytest.raises(BrokenTable, match="jcm_2013 is no later edition"):
        loaded(tables={"india_interim": (BEGIN, replace(GO_ON, into="jcm_2013")), "jcm_2013": SOUND})
