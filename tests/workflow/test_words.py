"""What a file waits for and what happened to it, in words: alternatives as such, acts as records, ends as ends."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context
from django.utils.translation import override

from apps.accounts.render import capacity_name, role_at
from apps.accounts.roles import Capacity, Role, Side, either
from apps.core import clock
from apps.core.errors import Problem
from apps.events.models import Event
from apps.meetings.procedure import PROCEDURE as MEETING
from apps.projects.procedure import PROCEDURE as PROJECT
from apps.workflow.policies import beside_title, not_open_to
from apps.workflow.render.history import day_of, entry
from apps.workflow.render.words import awaited_lines
from apps.workflow.table import Procedure, Step
from apps.workflow.templatetags.files import days_since

INDIA = "india_2026"
MIDNIGHT = datetime(2026, 10, 13, 15, tzinfo=UTC)  # the end of 13 October in Japan


def row(procedure: Procedure, key: str) -> Step:
    found = procedure.row(INDIA, key)
    assert found is not None
    return found


def test_steps_of_the_same_people_are_alternatives_and_those_of_others_come_besides() -> None:
    keys = ("approve_registration_host", "refuse_registration_host", "approve_registration_japan")
    assert awaited_lines(row(PROJECT, key) for key in keys) == [
        "Either of: Give the partner country's prior approval; Refuse the partner country's prior approval",
        "Give Japan's prior approval",
    ]
    assert awaited_lines([]) == []


def test_beside_its_title_a_step_says_only_who_takes_it_or_when() -> None:
    approve, announce, publish = (
        row(PROJECT, "approve_registration_japan"),
        row(MEETING, "announce"),
        row(MEETING, "publish_report"),
    )
    assert not_open_to(approve).text == "only the Government of Japan can take “Give Japan's prior approval”"
    assert beside_title(approve, not_open_to(approve)) == Problem("DOOR-00", "only the Government of Japan can")
    assert beside_title(publish, not_open_to(publish)) == Problem("DOOR-00", "it happens by itself")
    assert beside_title(announce, Problem("DOOR-02", "…")) == Problem("DOOR-02", "possible in: Planned, its agenda a draft")
    assert beside_title(announce, Problem("MTG-01", "too late")) == Problem("MTG-01", "too late")


def event(step: str, source: str, target: str, *, actor: str = "person", at: datetime = MIDNIGHT) -> Event:
    capacity = Role.CLOCK if actor == "clock" else Role.SECRETARIAT
    return Event(
        pk=7, type=f"meeting.{step}", subject_type="meeting", from_state=source, to_state=target, actor=actor,
        capacity=capacity, acted_at=at, effective_on=date(2026, 10, 13), data={},
    )  # fmt: skip


def test_an_act_is_told_by_the_state_that_it_led_to_or_else_by_its_step_in_quotation_marks() -> None:
    moved, stayed = event("announce", "planned", "announced"), event("remark", "held", "held")
    names = {0: "Secretariat, Indian side"}
    told = entry(moved, names)
    assert (told["title"], told["by"][:2]) == (
        "Announced", ["“Announce the meeting, with agenda and papers”", "Secretariat, Indian side"],
    )  # fmt: skip
    assert (entry(stayed, names)["title"], entry(stayed, names)["by"][0]) == (
        "“Add a remark for the report”", "Secretariat, Indian side",
    )  # fmt: skip


def test_what_the_clock_does_when_a_day_ends_is_told_as_the_end_of_that_day() -> None:
    ended = event("publish_report", "reported", "published", actor="clock")
    assert (entry(ended, {})["ends"], day_of(ended)) == (True, date(2026, 10, 13))
    assert entry(ended, {})["by"] == ["“The report is published”", "The system, by rule"]
    by_hand = event("announce", "planned", "announced")
    assert (entry(by_hand, {})["ends"], day_of(by_hand)) == (False, date(2026, 10, 14))
    assert entry(by_hand, {})["by"][-1] == "with effect from 13 Oct 2026"


@pytest.mark.parametrize(
    ("language", "role", "organisation", "told"),
    [
        ("en", Role.SECRETARIAT, "Secretariat, Indian side", ["Secretariat, Indian side"]),
        ("ja", Role.SECRETARIAT, "Secretariat, Indian side", ["事務局"]),
        ("en", Role.CO_CHAIR, "Ministry of Power", ["Co-chair", "Ministry of Power"]),
        ("ja", Role.CO_CHAIR, "Ministry of Power", ["共同議長", "Ministry of Power"]),
    ],
)
def test_a_role_is_told_once(language: str, role: Role, organisation: str, told: list[str]) -> None:
    with override(language):
        assert role_at(role, organisation) == told


def test_a_capacity_names_the_country() -> None:
    assert capacity_name(Capacity(Role.SECRETARIAT, Side.HOST)) == "Secretariat (India)"
    assert capacity_name(either(Role.CO_CHAIR)) == "Co-chair"


@pytest.mark.parametrize(("hour", "zone", "days"), [(14, "", 1), (16, "", 1), (14, "Asia/Tokyo", 1), (16, "Asia/Tokyo", 0)])
def test_waiting_is_counted_by_the_days_of_the_readers_calendar(hour: int, zone: str, days: int) -> None:
    began = datetime(2027, 3, 2, hour, tzinfo=UTC)  # 23:00 in Japan, or 1:00 of the next day there; in India the same day
    with clock.rehearse(datetime(2027, 3, 3, 3, tzinfo=UTC)):
        assert days_since(Context({"viewer_zone": zone}), began) == days
