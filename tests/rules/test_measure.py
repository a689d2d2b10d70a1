"""Special measures: which apply on a day, extended with or without a gap, repealed, and never rewritten."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.clock import Rehearsal
from apps.core.errors import NotReady
from apps.rules.models import MeasureWindow
from apps.rules.selectors import last_day, measures_on, waiver_on
from tests.decision import decide
from tests.journeys.measure import GROUNDS, adopted, proposed, repealed
from tests.people import Cast
from tests.projects.walk import noon
from tests.refused import refused
from tests.rules.effect import by_the_engine


def waived(*days: date) -> list[str]:
    return [waiver_on("site_visit", day) for day in days]


def test_a_measure_applies_on_its_days_both_counted(people: Cast) -> None:
    assert adopted(people).reference == "IN_SM001"
    days = date(2028, 2, 16), date(2028, 2, 17), date(2028, 12, 31), date(2029, 1, 1)
    assert waived(*days) == ["", "IN_SM001", "IN_SM001", ""]


def test_a_proposed_measure_applies_to_nothing(people: Cast) -> None:
    measure = proposed(people)
    assert (measure.reference, last_day(measure), waived(date(2028, 3, 1))) == ("", None, [""])


def test_a_measure_sets_aside_only_what_it_names(people: Cast) -> None:
    adopted(people, waives="other")
    assert waived(date(2028, 3, 1)) == [""]
    assert [one.reference for one in measures_on(date(2028, 3, 1))] == ["IN_SM001"]


def test_awkward_case_39_a_measure_is_extended_months_after_its_window_had_ended(people: Cast, time: Rehearsal) -> None:
    measure = adopted(people)
    time.move_to(noon(2029, 5, 20))
    decide(people, measure, "extend", starts_on="2029-05-20", ends_on="2029-12-31")
    days = date(2028, 12, 31), date(2029, 3, 1), date(2029, 5, 20), date(2029, 12, 31)
    assert waived(*days) == ["IN_SM001", "", "IN_SM001", "IN_SM001"]
    assert last_day(measure) == date(2029, 12, 31)
    assert measure.reload().state == "adopted"


def test_an_extension_may_reach_back_over_the_gap_where_the_committee_says_so(people: Cast, time: Rehearsal) -> None:
    measure = adopted(people)
    time.move_to(noon(2029, 5, 20))
    decide(people, measure, "extend", starts_on="2029-01-01", ends_on="2029-12-31")
    assert waived(date(2029, 3, 1)) == ["IN_SM001"]


def test_a_repealed_measure_applies_until_the_day_before(people: Cast, time: Rehearsal) -> None:
    measure = adopted(people)
    time.move_to(noon(2028, 6, 1))
    decide(people, measure, "repeal", grounds=GROUNDS)
    assert waived(date(2028, 5, 31), date(2028, 6, 1)) == ["IN_SM001", ""]
    assert MeasureWindow.objects.count() == 1, "what applied is not rewritten"


def test_a_measure_that_was_repealed_is_not_extended(people: Cast) -> None:
    measure = repealed(people)
    with pytest.raises(NotReady, match=r"^DOOR-02 "):
        decide(people, measure, "extend", starts_on="2029-01-01", ends_on="2029-12-31")


def test_a_window_that_ends_before_it_starts_is_refused(people: Cast) -> None:
    with refused(NotReady, "RUL-03"):
        proposed(people, starts_on="2028-12-31", ends_on="2028-12-30")
    measure = adopted(people)
    with by_the_engine("RUL-03"):
        decide(people, measure, "extend", starts_on="2029-12-31", ends_on="2029-12-30")
    assert MeasureWindow.objects.count() == 1


def test_an_extension_that_brings_no_further_day_is_refused(people: Cast) -> None:
    measure = adopted(people)
    with by_the_engine("RUL-04"):
        decide(people, measure, "extend", starts_on="2028-03-01", ends_on="2028-12-31")
    assert last_day(measure) == date(2028, 12, 31)


def test_numbers_of_measures_run_on(people: Cast) -> None:
    assert [adopted(people).reference for _ in range(2)] == ["IN_SM001", "IN_SM002"]
