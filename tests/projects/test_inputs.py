"""Places, percentages and the list of eligible activities."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest

from apps.idea_notes.kinds import ACTIVITIES, BY_CODE, Activity, listed
from apps.projects.inputs import Sites
from apps.projects.procedure import PROCEDURE
from apps.workflow.inputs import Percent
from tests.people import organisation

SITES = Sites("sites", "Places")
PERCENT = Percent("share", "Share")


def test_places_are_cleaned_and_come_back_from_the_log_the_same() -> None:
    cleaned = SITES.clean([{"place": " Anand ", "latitude": 22.5645, "longitude": "72.9289"}])
    assert cleaned == [{"place": "Anand", "district": "", "state_or_province": "", "latitude": "22.5645", "longitude": "72.9289"}]
    assert SITES.clean(SITES.dump(cleaned)) == cleaned


def test_places_are_written_one_per_line() -> None:
    cleaned = SITES.clean("Amul dairy; Anand; Gujarat; 22.5645; 72.9289\n\n Second dairy \nDepot;;Punjab\n")
    assert [list(one.values()) for one in cleaned] == [
        ["Amul dairy", "Anand", "Gujarat", "22.5645", "72.9289"],
        ["Second dairy", "", "", None, None],
        ["Depot", "", "Punjab", None, None],
    ]
    assert SITES.words(cleaned) == "Amul dairy, Anand, Gujarat, 22.5645, 72.9289\nSecond dairy\nDepot, Punjab"


def test_many_places_are_kept_in_their_order() -> None:
    places = [{"place": f"Substation {number}"} for number in range(34)]
    assert [one["place"] for one in SITES.clean(places)] == [one["place"] for one in places]


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ("A; B; C; 1; 2; 3", "place 1: at most 5 parts"),
        ("A\n; B", "place 2: its name is missing"),
        ("A;;;north;0", "place 1: 'north' is no latitude"),
        (["Anand"], "not a list of places"),
        ({"place": "Anand"}, "not a list of places"),
        (7, "not a list of places"),
        ([{"place": ""}], "place 1: its name is missing"),
        ([{"place": "A"}, {"district": "B"}], "place 2: its name is missing"),
        ([{"place": "A" * 201}], "place 1: a name has at most 200 characters"),
        ([{"place": "A", "village": "B"}], "place 1: village is not asked for"),
        ([{"place": "A", "latitude": "10"}], "place 1: give latitude and longitude together"),
        ([{"place": "A", "latitude": "90.000001", "longitude": 0}], "place 1: '90.000001' is no latitude"),
        ([{"place": "A", "latitude": 0, "longitude": "-180.1"}], "place 1: '-180.1' is no longitude"),
        ([{"place": "A", "latitude": "1.1234567", "longitude": 0}], "place 1: '1.1234567' is no latitude"),
        ([{"place": "A", "latitude": "22° 33' N", "longitude": 0}], "is no latitude in decimal degrees"),
        ([{"place": "A", "latitude": "NaN", "longitude": 0}], "'NaN' is no latitude"),
        ([{"place": "A", "latitude": True, "longitude": 0}], "True is no latitude"),
    ],
)
def test_a_bad_place_is_named_with_what_is_wrong(raw: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace("(", r"\(")):
        SITES.clean(raw)


@pytest.mark.parametrize(("raw", "value"), [("0", "0"), (100, "100"), ("37.5", "37.5"), (" 33.33 ", "33.33")])
def test_a_percentage_is_exact_and_comes_back_from_the_log_the_same(raw: Any, value: str) -> None:
    cleaned = PERCENT.clean(raw)
    assert cleaned == Decimal(value)
    assert PERCENT.clean(PERCENT.dump(cleaned)) == cleaned
    assert isinstance(PERCENT.dump(cleaned), str)


def test_forms_ask_for_them() -> None:
    assert PERCENT.form_field().clean("40") == Decimal(40)
    assert PERCENT.words(Decimal("37.50")) == "37.50 per cent"
    assert SITES.clean(SITES.form_field().clean("Anand; Anand"))[0]["district"] == "Anand"
    assert SITES.form_field().help_text.startswith("One place per line")


def test_the_list_of_2023_has_thirteen_activities_from_its_day_on() -> None:
    assert len(ACTIVITIES) == len(BY_CODE) == 13
    assert [one.code for one in listed(date(2023, 2, 16))] == []
    assert [one.code for one in listed(date(2023, 2, 17))] == [f"IN62-{number:02}" for number in range(1, 14)]
    assert str(BY_CODE["IN62-02"].label) == "Solar thermal power"


def test_an_activity_counts_on_both_of_its_end_days() -> None:
    activity = Activity("X", "X", "X", date(2026, 1, 1), date(2026, 12, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [activity.is_listed(day) for day in days] == [False, True, True, False]


@pytest.mark.django_db
def test_a_page_offers_as_participants_those_of_the_side_and_of_no_side() -> None:
    names = {side: organisation(f"Of {side or 'neither'}", side).name for side in ("host", "japan", "")}
    offered = {
        name: {str(row) for row in cast("Any", PROCEDURE.inputs[f"{name}_participants"].form_field()).queryset}
        for name in ("host", "japan")
    }
    assert offered == {side: {names[side], names[""]} for side in ("host", "japan")}
