"""Which versions there are, on a day and by name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.core.clock import Rehearsal
from apps.methodologies.selectors import (
    approved_by,
    latest_version,
    next_pair,
    proposals_of,
    superseded_days,
    version_of,
    versions_of,
)
from tests.decision import decide
from tests.journeys import methodology as journey
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(people: Cast, time: Rehearsal) -> None:
    """IN_AM001 1.0 of 1 March, 2.0 of 1 April (later also 1.1 of 1 May); IN_AM002 1.0 of 1 May 2028."""
    one = journey.approved(people, time).bases.get().version.methodology
    for month, inputs, settle in ((4, {"revises": one.pk}, {}), (5, {"revises": one.pk}, {"major": 1, "minor": 1}), (5, {}, {})):
        proposal = journey.considered(people, time, **inputs)
        time.move_to(max(time.moment, datetime(2028, month, 1, 3, tzinfo=UTC)))
        decide(people, proposal, "approve", effective_on=date(2028, month, 1), **settle)


@pytest.mark.usefixtures("history")
def test_versions_are_found_by_day_and_by_name() -> None:
    assert [str(one) for one in approved_by(date(2028, 2, 29))] == []
    assert [str(one) for one in approved_by(date(2028, 3, 31))] == ["IN_AM001 Ver1.0"]
    assert [str(one) for one in approved_by(date(2028, 4, 1))] == ["IN_AM001 Ver1.0", "IN_AM001 Ver2.0"]
    assert [one.label for one in versions_of("IN_AM001")] == ["1.0", "1.1", "2.0"]
    assert version_of("IN_AM001", 3, 0) is None
    assert version_of("IN_AM009", 1, 0) is None
    assert str(version_of("IN_AM002", 1, 0)) == "IN_AM002 Ver1.0"


@pytest.mark.usefixtures("history")
def test_a_version_is_superseded_when_a_higher_one_is_approved() -> None:
    versions = versions_of("IN_AM001")
    found = superseded_days(versions)
    assert {one.label: found.get(one.pk) for one in versions} == {"1.0": date(2028, 4, 1), "1.1": date(2028, 4, 1), "2.0": None}


@pytest.mark.usefixtures("history")
def test_the_next_pair_follows_the_highest_version() -> None:
    revised = versions_of("IN_AM001")[0].methodology
    assert str(latest_version(revised)) == "IN_AM001 Ver2.0"
    pairs = [next_pair(revised, *wanted) for wanted in ((None, None), (None, 1), (None, 0), (5, None), (1, 2))]
    assert pairs == [(3, 0), (2, 1), (3, 0), (5, 0), (1, 2)]
    assert [next_pair(None, *wanted) for wanted in ((None, None), (None, 1), (2, None))] == [(1, 0), (1, 1), (2, 0)]


@pytest.mark.usefixtures("history")
def test_a_methodology_knows_the_proposals_that_it_stands_on() -> None:
    assert [one.reference for one in proposals_of("IN_AM001")] == ["IN_PM001", "IN_PM002", "IN_PM003"]
    assert [one.reference for one in proposals_of("IN_AM002")] == ["IN_PM004"]
