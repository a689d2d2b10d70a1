"""The family of refusals: codes that stay, sentences for people."""

from __future__ import annotations

import pytest

from apps.core.errors import NotAllowed, NotNow, NotReady, Problem, Refusal, Repeated

MISSING = Problem("DOOR-05", "the report is missing", "VRF")
OVERLAP = Problem("ISS-07", "the period overlaps")


def test_a_refusal_holds_every_problem_in_order() -> None:
    refusal = NotReady([MISSING, OVERLAP])
    assert refusal.problems == (MISSING, OVERLAP)
    assert refusal.codes == ("DOOR-05", "ISS-07")
    assert str(refusal) == "DOOR-05 the report is missing; ISS-07 the period overlaps"


def test_one_problem_needs_no_list() -> None:
    assert NotNow(MISSING).problems == (MISSING,)
    assert MISSING.field == "VRF"
    assert OVERLAP.field == ""


@pytest.mark.parametrize("kind", [NotAllowed, NotNow, NotReady, Repeated])
def test_every_refusal_is_of_one_family(kind: type[Refusal]) -> None:
    with pytest.raises(Refusal):
        raise kind(MISSING)
