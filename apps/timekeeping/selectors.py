"""What an order on time is about, and which lists of holidays are missing."""

from __future__ import annotations

from datetime import date

from apps.accounts.roles import Side
from apps.timekeeping.models import HolidayYear, TimeOrder
from apps.workflow.fsm import Act
from apps.workflow.models import Deadline
from apps.workflow.selectors import File, file_of, limits_of
from apps.workflow.table import Limit

# From this month on the lists of the next year are drawn up.
AHEAD_FROM = 10


def running_in(file: File) -> list[tuple[Deadline, Limit]]:
    """The running limits of a file that may be gone, each with the limit of the table that it comes of."""
    subject = file_of(*file)
    return limits_of(subject) if subject else []


def limit_in_question(order: TimeOrder, act: Act) -> tuple[Deadline, Limit] | None:
    """The running limit that an extension is about, as it stands now; None where it no longer runs."""
    if act.step.opens:
        deadline = Deadline.objects.get(pk=act.inputs["time_limit"])
        file, step = (deadline.subject_type, deadline.subject_id), deadline.step
    else:
        file, step = order.file or ("", 0), order.limit_step
    return next(((one, limit) for one, limit in running_in(file) if one.step == step), None)


def missing_lists(today: date) -> list[tuple[Side, int]]:
    """The sides and years that have no list of holidays: this year, and late in the year the next."""
    years = [today.year, *([today.year + 1] if today.month >= AHEAD_FROM else [])]
    there = set(HolidayYear.objects.filter(year__in=years).values_list("side", "year"))
    return [(side, year) for year in years for side in Side if (side.value, year) not in there]
