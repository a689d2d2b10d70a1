"""A calendar as iCalendar (RFC 5545). Its titles are safe to leak: a reference and a step; all else lies behind the address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vText

from apps.core import clock
from apps.feeds.selectors import Agenda, DueStep
from apps.meetings.models import Meeting
from apps.meetings.procedure import State
from apps.meetings.render import name_of
from apps.workflow.models import Deadline, Subject

MAKER = "-//Joint Crediting Mechanism//Calendar//EN"
REFRESH = timedelta(hours=1)
AHEAD = timedelta(days=3)
# A time limit is drawn as the last hour before it ends: 24:00 in Japan would else stand on the day after.
LAST_HOUR = timedelta(hours=1)
STATUS = {State.PLANNED: "TENTATIVE", State.CANCELLED: "CANCELLED"}


def calendar_text(agenda: Agenda, name: str, *, reminds: bool) -> bytes:
    """The calendar in the language in force, with UTC times; a reminder three days before, where it `reminds`."""
    calendar = Calendar()
    for key, value in (("prodid", MAKER), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(key, value)
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events_of(agenda, reminds=reminds):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def events_of(agenda: Agenda, *, reminds: bool) -> Iterator[Event]:
    """Every entry: the time limits, then the meetings."""
    yield from (due_event(one, reminds=reminds) for one in agenda.due)
    yield from (meeting_event(one, reminds=reminds) for one in agenda.meetings)


def due_event(due: DueStep, *, reminds: bool) -> Event:
    """The last hour of a time limit."""
    words = {"file": due.subject.reference or due.subject.procedure.title, "step": due.row.title}
    title = _("%(file)s: %(step)s") % words
    status = "CANCELLED" if due.is_off else "CONFIRMED"
    moved = due.deadline.outcome == Deadline.SUPERSEDED
    # Somebody's own calendar leads to the file's page, that of everybody to the one that everybody may read.
    page = "" if reminds else due.subject.public_url
    event = entry(f"deadline-{due.deadline.pk}", due.subject, title, status, moved=moved, page=page)
    event.add("dtstart", due.deadline.due_at - LAST_HOUR)
    event.add("dtend", due.deadline.due_at)
    return reminding(event, title, "END") if reminds and not due.is_off else event


def meeting_event(meeting: Meeting, *, reminds: bool) -> Event:
    """The beginning of a meeting; its end is not known beforehand."""
    title, status = name_of(meeting), STATUS.get(State(meeting.state), "CONFIRMED")
    event = entry(f"meeting-{meeting.pk}", meeting, title, status)
    event.add("dtstart", meeting.starts_at)
    return reminding(event, title, "START") if reminds and status != "CANCELLED" else event


def entry(key: str, subject: Subject, title: str, status: str, *, moved: bool = False, page: str = "") -> Event:
    """What every entry says. Its sequence is the number of the file's acts, which only rises; an order that `moved` it counts."""
    url, event = settings.SITE_URL + (page or subject.get_absolute_url()), Event()
    event.add("uid", f"{key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", clock.now().replace(microsecond=0))
    event.add("sequence", subject.version + moved)
    event.add("summary", title)
    event.add("description", _("Details: %(url)s") % {"url": url})
    event.add("url", url)
    event.add("status", status)
    event.add("transp", "TRANSPARENT")
    return event


def reminding(event: Event, title: str, related: str) -> Event:
    """The entry with a reminder three days before its end or start."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -AHEAD, parameters={"RELATED": related})
    event.add_component(alarm)
    return event
