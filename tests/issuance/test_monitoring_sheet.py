"""The page on which a participant takes the monitoring sheet of a round."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.accounts.models import Membership
from apps.core.exports import TYPES
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.monitoring.methods import SOLAR
from tests.issuance.walk import Course

MOST_QUERIES = 12
CHILLERS = {"method": "efficient_chiller", "items": "chiller 1\r\n\r\n chiller 2 \r\n"}
VALUES = {"COP_PJ_i-1": "6.3", "COP_PJ_i-2": "5.9", "COP_RE_i-1": "5.67", "COP_RE_i-2": "5.1", "EF_elec-1": "0.716"}


@pytest.fixture
def one(india: Course) -> Round:
    """A round that is being monitored."""
    return india.reach(State.MONITORING)


class Visitor:
    """Somebody who asks for the page of a round."""

    def __init__(self, client: Client, one: Round) -> None:
        self.client, self.path = client, f"/round/{one.pk}/monitoring-sheet/"

    def as_(self, membership: Membership) -> Visitor:
        self.client.force_login(membership.user)
        return self

    def get(self, **asked: str) -> Any:
        return self.client.get(self.path, asked)

    def post(self, **sent: str) -> Any:
        return self.client.post(self.path, sent)


@pytest.fixture
def visitor(client: Client, one: Round, india: Course) -> Visitor:
    return Visitor(client, one).as_(india.people.participant_host)


def test_a_participant_takes_the_workbook_of_the_round(visitor: Visitor, one: Round) -> None:
    assert visitor.path in visitor.client.get(f"/round/{one.pk}/").content.decode()
    first = visitor.get()
    assert (first.status_code, [*first.context["form"].fields]) == (200, ["method", "items"])
    second = visitor.get(**CHILLERS)
    assert (second.status_code, second.context["items"]) == (200, ("chiller 1", "chiller 2"))
    assert [*second.context["form"].fields] == ["method", "items", *VALUES]
    shown = second.context["form"]
    assert (shown["COP_RE_i-2"].label, shown["COP_RE_i-2"].help_text) == (
        "chiller 2: Coefficient of performance of the reference chiller, by cooling capacity",
        "COP_RE_i, a number without unit. Source: The methodology’s list, by cooling capacity.",
    )
    assert shown["EF_elec-1"].help_text == "EF_elec, in tCO2e/MWh. Source: Published by the authority of the partner country."
    done = visitor.post(**CHILLERS, **VALUES)
    assert (done.status_code, done["Content-Type"], done["X-Content-Type-Options"]) == (200, TYPES["xlsx"], "nosniff")
    reference = one.project.reference
    assert done["Content-Disposition"] == (f'attachment; filename="{reference}_efficient_chiller_2028-04-01_2028-09-30.xlsx"')
    book = load_workbook(BytesIO(done.content))
    said = {book["README"].cell(row, 1).value: book["README"].cell(row, 2).value for row in range(2, 14)}
    assert (said["Project"], said["Title of the project"], said["Items"]) == (
        reference,
        one.project.title,
        "chiller 1; chiller 2",
    )
    assert [book["MPS (input)"].cell(row, 5).value for row in range(6, 11)] == [6.3, 5.9, 5.67, 5.1, 0.716]
    assert book["MRS (input)"].cell(12, 1).value == "2028-09"


def test_a_methodology_without_items_asks_for_none(visitor: Visitor) -> None:
    asked = {"method": "waste_heat_power", "items": ""}
    assert [*visitor.get(**asked).context["form"].fields] == ["method", "items", "EC_CAP-1", "EF_elec-1"]
    assert visitor.post(**asked, **{"EC_CAP-1": "0.25", "EF_elec-1": "0.7"})["Content-Type"] == TYPES["xlsx"]


@pytest.mark.parametrize(
    ("asked", "field", "code"),
    [
        ({"method": "alchemy"}, "method", "invalid_choice"),
        ({"method": "", "items": "roof"}, "method", "required"),
        ({"method": "solar_pv"}, "items", "MON-01"),
        ({"method": "solar_pv", "items": "=1+1"}, "items", "MON-01"),
        ({"method": "solar_pv", "items": "roof\nroof"}, "items", "MON-01"),
        ({"method": "solar_pv", "items": "\n".join(f"roof {number}" for number in range(5000))}, "items", "MON-01"),
        ({"method": "waste_heat_power", "items": "plant"}, "items", "MON-01"),
    ],
)
@pytest.mark.parametrize("by", ["get", "post"])
def test_what_is_wrong_is_told_at_its_field(visitor: Visitor, by: str, asked: dict[str, str], field: str, code: str) -> None:
    answer = getattr(visitor, by)(**asked)
    assert answer.status_code == 422
    assert [error.code for error in answer.context["form"].errors.as_data()[field]] == [code]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "required"), ("n/a", "invalid"), ("-1", "min_value"), ("nan", "invalid"), ("1e-99", "max_digits"),
        ("0.1234567890123456", "max_digits"),
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_told_at_its_field(visitor: Visitor, value: str, code: str) -> None:
    answer = visitor.post(**CHILLERS, **{**VALUES, "EF_elec-1": value})
    assert answer.status_code == 422
    assert code in [error.code for error in answer.context["form"].errors.as_data()["EF_elec-1"]]


def test_a_period_of_thirteen_years_has_no_sheet(visitor: Visitor, india: Course, one: Round) -> None:
    longer = india.open(one.project, starts_on=date(2029, 1, 1), ends_on=date(2041, 12, 31))
    visitor.path = f"/round/{longer.pk}/monitoring-sheet/"
    answer = visitor.get(**CHILLERS)
    assert answer.status_code == 422
    assert [error.code for error in answer.context["form"].errors.as_data()["__all__"]] == ["MON-01"]


@pytest.mark.parametrize("who", ["participant_host", "participant_japan", "secretariat_host", "tpe"])
def test_whoever_may_know_of_the_round_may_take_it(visitor: Visitor, india: Course, who: str, one: Round) -> None:
    visitor.as_(getattr(india.people, who))
    known = visitor.client.get(f"/round/{one.pk}/").status_code
    assert visitor.get().status_code == known


def test_strangers_and_visitors_get_nothing(visitor: Visitor, india: Course) -> None:
    visitor.client.logout()
    assert visitor.get().status_code == 302
    assert visitor.post(**CHILLERS, **VALUES).status_code == 302
    visitor.as_(india.people.tpe)
    assert (visitor.get().status_code, visitor.post(**CHILLERS, **VALUES).status_code) == (404, 404)
    visitor.as_(india.people.participant_host)
    visitor.path = "/round/999999999/monitoring-sheet/"
    assert visitor.get().status_code == 404


def test_the_page_of_a_round_links_to_it_while_a_report_can_be_made(india: Course, visitor: Visitor) -> None:
    later = india.reach(State.VERIFIED)
    assert later.sheet_url == ""
    assert "monitoring-sheet" not in visitor.client.get(f"/round/{later.pk}/").content.decode()


def test_the_pages_cost_the_same_however_many_items(visitor: Visitor) -> None:
    counts = []
    visitor.get()
    for number in (1, 20):
        items = "\n".join(f"chiller {one}" for one in range(number))
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(method="efficient_chiller", items=items).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_nothing_is_written_and_nothing_recorded(visitor: Visitor, tmp_path: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        visitor.post(**CHILLERS, **VALUES)
    assert [one["sql"] for one in queries if not one["sql"].lower().startswith(("select", "savepoint", "release"))] == []
    assert SOLAR.key
    assert list(tmp_path.glob("*.xlsx")) == []
