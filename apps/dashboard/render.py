"""The desk in words: the sentence at its head, and each matter as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.committee.models import Ballot, Seat
from apps.committee.render import silence_sentence
from apps.core import clock
from apps.core.templatetags.gazette import day_words, reading
from apps.dashboard.selectors import Desk, Matter

WEEK = timedelta(days=7)


def headline(matters: Sequence[Matter], zone: ZoneInfo) -> str:
    """What waits, in one sentence, with the day on which the first closes in the reader's zone."""
    count = len(matters)
    if not count:
        return _("Nothing waits for you")
    waiting = ngettext("%(count)d thing waits for you", "%(count)d things wait for you", count) % {"count": count}
    late = sum(1 for one in matters if one.due_at is not None and one.due_at <= clock.now())
    if late:
        overdue = ngettext("%(count)d of them is overdue", "%(count)d of them are overdue", late) % {"count": late}
        return _("%(waiting)s; %(what)s") % {"waiting": waiting, "what": overdue if count > 1 else _("it is overdue")}
    first = min((one.due_at for one in matters if one.due_at is not None), default=None)
    if first is None:
        return waiting
    closes = _("the first closes on %(day)s") if count > 1 else _("it closes on %(day)s")
    day = day_of_week(reading(first, zone, ends=True)[0], clock.now().astimezone(zone).date())
    return _("%(waiting)s; %(what)s") % {"waiting": waiting, "what": closes % {"day": day}}


def day_of_week(day: date, today: date) -> str:
    """A day of the coming week by its name alone, another with its date."""
    return format_date(day, "l") if today <= day < today + WEEK else day_words(day, "weekday")


def asks(desk: Desk) -> list[dict[str, Any]]:
    """The reader's own matters as `_partials/asks.html` takes them; the first is the one to begin with."""
    return [ask(matter, desk, first=number == 0) for number, matter in enumerate(desk.mine)]


def ask(matter: Matter, desk: Desk, *, first: bool) -> dict[str, Any]:
    """One matter: what is asked, by when, and what happens if nothing is done."""
    subject, rows = matter.standing.subject, matter.standing.theirs
    items = desk.items.get(subject.pk, ()) if isinstance(subject, Ballot) else ()
    alone = len(rows) == 1
    return {
        "due_at": matter.due_at,
        "title": str(subject),
        "url": subject.step_url(rows[0]) if alone else subject.get_absolute_url(),
        "lines": [item.title for item in items],
        "text": "" if alone else _("Either of: %(steps)s.") % {"steps": _("; ").join(str(row.title) for row in rows)},
        "aside": if_nothing_is_done(matter, desk.seats.get(subject.pk) if isinstance(subject, Ballot) else None),
        "act": str(rows[0].title) if alone else _("Read and choose"),
        "hidden": subject.reference or subject.title,
        "first": first,
    }


def if_nothing_is_done(matter: Matter, seat: Seat | None) -> str:
    """What silence means, at a ballot for whoever holds that seat: the step that the rule then takes by itself, or none."""
    deadline, subject = matter.deadline, matter.standing.subject
    if isinstance(subject, Ballot) and subject.circulated_at is not None:
        return silence_sentence(subject, seat)
    row = subject.procedure.row(subject.edition, deadline.step) if deadline and deadline.by_clock else None
    state = _("It stands in “%(state)s”.") % {"state": subject.state_label}
    if row is None:
        return state
    then = _("When the time has run out: “%(step)s”.") % {"step": row.title}
    return f"{state} {then}"
