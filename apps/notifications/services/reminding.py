"""Reminding those whose move it is before a time limit ends, and telling the secretariats when it has passed.

What was missed in an outage is made up for by one reminder: the latest that applies.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid5

from django.db import transaction

from apps.accounts.roles import Role, either
from apps.core import clock
from apps.core.calendar import legal_day, start_of
from apps.notifications.kinds import OVERDUE, Kind
from apps.notifications.models import Message, Reminder
from apps.notifications.selectors import Recipient, asks_of, who_may_know
from apps.notifications.services.posting import post
from apps.workflow.editions import EDITIONS, Edition
from apps.workflow.models import Deadline, Subject
from apps.workflow.options import whose_move
from apps.workflow.selectors import files_of
from apps.workflow.table import Step

logger = logging.getLogger(__name__)

SECRETARIATS = (either(Role.SECRETARIAT),)


def remind(at: datetime) -> int:
    """Write the reminders and escalations that are due at a moment; returns of how many deadlines.

    Each is written once for ever, at most one a deadline and run. One that fails is tried again by the next run and
    holds up nobody.
    """
    return sum(_remind(deadline, subject, days, at) for deadline, subject, days in due_reminders(at))


def due_reminders(at: datetime) -> Iterator[tuple[Deadline, Subject, int]]:
    """The deadlines of which people have still to be told, each with its file and how many days before its end."""
    today = legal_day(at)
    ends = start_of(today + timedelta(days=_longest() + 1))
    near = Deadline.objects.filter(closed_at=None, due_at__lte=ends).exclude(reminders__days_before=OVERDUE)
    found = [one for one in near.prefetch_related("reminders") if _may_remind(one, today)]
    files = files_of(found)
    for deadline in found:
        subject = files[deadline.subject_type, deadline.subject_id]
        days = slot(deadline, subject.rules, today)
        if days is not None and days not in _done(deadline):
            yield deadline, subject, days


def _may_remind(deadline: Deadline, today: date) -> bool:
    """Whether a reminder is due under any edition, so that the files of the other deadlines need not be read."""
    return any(slot(deadline, rules, today) not in {None, *_done(deadline)} for rules in EDITIONS.values())


def _done(deadline: Deadline) -> set[int]:
    """The reminders of a deadline that were written."""
    return {one.days_before for one in deadline.reminders.all()}


def _longest() -> int:
    return max(days for edition in EDITIONS.values() for days in days_before(edition))


def days_before(rules: Edition) -> list[int]:
    """How many days before the end of a time limit an edition reminds; 0 is the last day itself."""
    before = [days for days in (rules.days("first_reminder_days"), rules.days("second_reminder_days")) if days]
    return [*before, *([0] if rules.gate("last_day_reminder") else [])]


def slot(deadline: Deadline, rules: Edition, today: date) -> int | None:
    """Which reminder of a deadline applies on a day: the latest, of those that lie after its start; None for none.

    The days past the end of a step that people have to take lead to the secretariats; what the clock does needs nobody.
    """
    left = (deadline.last_day - today).days
    if left < 0:
        return OVERDUE if not deadline.by_clock and -left >= rules.days("escalation_days") else None
    run = (deadline.last_day - deadline.starts_on).days
    return min((days for days in days_before(rules) if left <= days < run), default=None)


def _remind(deadline: Deadline, subject: Subject, days: int, at: datetime) -> int:
    try:
        with transaction.atomic():
            _row, is_new = Reminder.objects.get_or_create(deadline=deadline, days_before=days, defaults={"made_at": at})
            if is_new:
                post(_messages(deadline, subject, days), at)
    except Exception:  # reason: whatever one file does, the reminders of the others must not wait for it
        logger.exception("reminder of deadline %s failed", deadline.pk)
        return 0
    return int(is_new)


def _messages(deadline: Deadline, subject: Subject, days: int) -> list[Message]:
    """To those whose move it is; of what has passed, to the secretariats of both sides. One a person, whatever they hold."""
    rows = [row for row in whose_move(subject) if deadline.by_clock or row.key == deadline.step]
    overdue = days == OVERDUE
    named = SECRETARIATS if overdue else [capacity for row in rows for capacity in row.who]
    told = who_may_know(subject, named, subject.edition, subject.state) if rows else []
    asks = {} if overdue else asks_of(subject, told, rows)
    notice = Notice(deadline, subject, days, rows)
    messages = [notice.to(one, asks.get(one.membership.pk, ())) for one in told if overdue or one.membership.pk in asks]
    return list({one.user_id: one for one in messages}.values())


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told of a deadline: how many days before its end, and what the file awaits."""

    deadline: Deadline
    subject: Subject
    days: int
    moves: Sequence[Step]

    def to(self, one: Recipient, asks: Sequence[Step]) -> Message:
        """The message to one person, of whom so many steps are asked."""
        deadline, user = self.deadline, one.membership.user
        return Message(
            id=uuid5(deadline.opened_by, f"{deadline.step} {self.days} {user.pk}"), user=user, membership=one.membership,
            kind=Kind.DEADLINE if self.days == OVERDUE else Kind.MUST_ACT, deadline=deadline, days_before=self.days,
            subject_type=deadline.subject_type, subject_id=deadline.subject_id, edition=self.subject.edition,
            state=self.subject.state, asks=[row.key for row in asks], moves=[row.key for row in self.moves],
            due_at=deadline.due_at, side=one.side, by_mail=True, created_at=clock.now(),
        )  # fmt: skip
