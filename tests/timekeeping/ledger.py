"""How tests read the ledger of a file and bring orders on time about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from apps.timekeeping.models import TimeOrder
from apps.workflow.models import Deadline, Subject
from apps.workflow.services import open_file, perform
from tests.people import Cast, actor

JST = ZoneInfo("Asia/Tokyo")


def at(day: date, hour: int = 12) -> datetime:
    """An hour of a day in Japan."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=JST)


def march(day: int) -> date:
    """A day of March 2027."""
    return date(2027, 3, day)


def lines(file: Subject) -> list[tuple[str, date, str]]:
    """Step, last day and outcome of each deadline of a file, in the order in which they were opened."""
    rows = Deadline.objects.filter(subject_type=file.procedure.key, subject_id=file.pk).order_by("id")
    return [(one.step, one.last_day, one.outcome) for one in rows]


def proposed(people: Cast, step: str, **inputs: Any) -> TimeOrder:
    """An order of the Japanese secretariat."""
    given = {"title": "Postal strike", "grounds": "The post in Delhi is on strike.", "edition": "india_2026", **inputs}
    found = open_file(TimeOrder, step, actor=actor(people.secretariat_japan), **given)
    assert isinstance(found, TimeOrder)
    return found


def stopped(people: Cast, file: Subject | None, first: date, last: date) -> TimeOrder:
    """A stop that the Indian secretariat has agreed to: of one file, or of all."""
    days = {"first_on": first, "last_on": last}
    order = proposed(people, "propose_stop", file=file, **days) if file else proposed(people, "propose_general_stop", **days)
    perform(order, "agree_to_stop", actor=actor(people.secretariat_host))
    return order.reload()


def extended(people: Cast, file: Subject, step: str, days: int) -> TimeOrder:
    """An extension that the Indian secretariat has agreed to."""
    deadline = Deadline.objects.get(subject_type=file.procedure.key, subject_id=file.pk, step=step, closed_at=None)
    order = proposed(people, "propose_extension", time_limit=deadline, days=days)
    perform(order, "agree_to_extend", actor=actor(people.secretariat_host))
    return order.reload()
