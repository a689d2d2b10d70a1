"""What a step about time writes besides its own file, and the lists of holidays that the system draws up."""

from __future__ import annotations

from datetime import date
from typing import Any

from apps.accounts.render import side_name
from apps.accounts.roles import RELATED, Role, Side
from apps.core import clock
from apps.core.calendar import Extension
from apps.core.errors import NotReady
from apps.core.holidays import SOURCE
from apps.notifications.selectors import called
from apps.timekeeping.models import HolidayYear, OrderParty, TimeOrder
from apps.timekeeping.procedure.holidays import PROCEDURE
from apps.timekeeping.selectors import limit_in_question, missing_lists
from apps.workflow.actors import Actor
from apps.workflow.editions import NoRules
from apps.workflow.fsm import Act
from apps.workflow.selectors import edition_for, file_of, seeded
from apps.workflow.services import (
    extend_limit,
    open_file,
    partner_number,
    put_holidays,
    recount_working_days,
    restart_clock,
    stop_clock,
)

MOST_LISTED = 500


def order_numbered(subject: TimeOrder, act: Act) -> None:
    """Give the order the next number, such as IN_TO001."""
    subject.number, subject.reference = partner_number("TO", subject=subject, act=act)


def parties_named(subject: TimeOrder, act: Act) -> None:
    """Write down whom the file concerns, so that they may read the order and are told of it."""
    file = file_of(*subject.file) if subject.file else None
    found = called(file, RELATED) if file else {}
    OrderParty.objects.bulk_create(
        OrderParty(order=subject, organisation_id=pk, role=role.value) for pk, roles in found.items() for role in sorted(roles)
    )


def clocks_stopped(subject: TimeOrder, act: Act) -> None:
    """Count the limits of the file, or of every file, without the days of the stop."""
    _told(stop_clock(subject.stop, subject.file, act), act)


def clocks_restarted(subject: TimeOrder, act: Act) -> None:
    """Count them anew: the stop ends with this day."""
    _told(restart_clock(subject.stop, subject.file, act), act)


def limit_extended(subject: TimeOrder, act: Act) -> None:
    """Give the limit its further days."""
    found = limit_in_question(subject, act)
    if found:
        _told(extend_limit(found[0], Extension(subject.days or 0, subject.reference), act), act)


def _told(moved: list[dict[str, Any]], act: Act) -> None:
    """What the log says of the dates that moved: how many, and the first of them; each new row names the act besides."""
    act.data |= {"moved": moved[:MOST_LISTED], "moved_count": len(moved)}


def holidays_seeded(subject: HolidayYear, act: Act) -> None:
    """Begin with what the country's holidays are known to be."""
    days = seeded(Side(subject.side), subject.year)
    subject.days = [[day.isoformat(), name] for day, name in days]
    put_holidays(side=subject.side, year=subject.year, days=days, source=SOURCE, confirmed=False, act=act)


def holidays_written(subject: HolidayYear, act: Act) -> None:
    """From now on the list is the secretariat's, and every running limit of working days is counted by it."""
    days = [(date.fromisoformat(day), name) for day, name in subject.days]
    put_holidays(side=subject.side, year=subject.year, days=days, source=str(Role.SECRETARIAT), confirmed=True, act=act)
    _told(recount_working_days(act, subject), act)


def draw_up_holidays() -> int:
    """Draw up the lists of holidays that are missing, each under the edition of today; returns how many.

    Nothing where no rules are in force that know such lists. Two sweeps at once draw up each list once.
    """
    today = clock.today()
    try:
        edition = edition_for(PROCEDURE, today).key
    except NoRules:
        return 0
    drawn = 0
    for side, year in missing_lists(today):
        title = f"{side_name(side)} {year}"
        try:
            open_file(
                HolidayYear, "draw_up", actor=Actor.clock(), edition=edition, title=title, fields={"side": side, "year": year}
            )
        except NotReady:  # reason: another sweep was first
            continue
        drawn += 1
    return drawn
