"""A file on any page: `{% load files %}`, then its steps, whose move it is, its dates and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.render import capacity_name
from apps.accounts.roles import Capacity
from apps.core import clock
from apps.core.templatetags.gazette import zones
from apps.documents import render as documents
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.events.selectors import history
from apps.workflow import policies, registry
from apps.workflow.holding import holding_of
from apps.workflow.models import Deadline, Subject
from apps.workflow.options import available_steps, movers_of, whose_move
from apps.workflow.policies import way_to
from apps.workflow.render import Fact, notes_of
from apps.workflow.render.history import (
    entries,
    event_parties,
    event_title,
    happened,
    is_at_the_end,
    step_behind,
    with_organisations,
)
from apps.workflow.render.receipts import receipt_url
from apps.workflow.render.words import awaited_lines, stays_words
from apps.workflow.selectors import open_deadlines
from apps.workflow.table import Step
from apps.workflow.turns import time_spent

register = template.Library()

register.filter("form_words", documents.form_words)
register.filter("form_doubt", documents.form_doubt)
register.filter("scan_words", documents.scan_words)
register.filter("event_title", event_title)
register.filter("happened", happened)
register.filter("step_behind", step_behind)
register.filter("is_at_the_end", is_at_the_end)
register.filter("awaited_lines", awaited_lines)
register.filter("stays_words", stays_words)

RECENT = 20
ONE_DAY = timedelta(days=1)
MISSING_DOCUMENT = "DOOR-05"


@register.inclusion_tag("workflow/_steps.html")
def file_steps(
    subject: Subject, membership: Membership | None, papers: Iterable[DocumentVersion] | None = None
) -> dict[str, Any]:
    """The steps of a file's present state, open ones first, the others with their reasons; below, all that come at other times.

    `{% file_steps project request.membership %}`, and its current versions where the page has read them already.
    """
    found = step_entries(subject, membership, papers)
    return {"steps": [one for one in found if one["now"]], "others": [one for one in found if not one["now"]]}


def step_entries(
    subject: Subject, membership: Membership | None, papers: Iterable[DocumentVersion] | None = None
) -> list[dict[str, Any]]:
    """A file's steps as `_partials/steps.html` takes them, with whether they belong to the present state.

    A missing document closes no step: it is handed in with it. Whoever may take a step finds its page,
    also while something else stands in the way.
    """
    return [
        {
            "title": one.row.title,
            "url": subject.step_url(one.row) if one.is_theirs else "",
            "problems": [policies.beside_title(one.row, each) for each in one.problems if each.code != MISSING_DOCUMENT],
            "now": subject.state in one.row.source,
        }
        for one in available_steps(subject, membership, papers)
    ]


@register.simple_tag(takes_context=True)
def file_link(context: Mapping[str, Any] | Context, subject: Subject, words: str = "") -> str:
    """A file by its number or title, as a link where the reader may open it."""
    url = way_to(subject, getattr(context.get("request"), "membership", None))
    name = words or subject.reference or subject.shown_title
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, name) if url else name


@register.simple_tag
def openings_about(subject: Subject, membership: Membership | None) -> list[dict[str, str]]:
    """The files of other procedures that a reader may open about this one, such as a stop of its clock."""
    holding = holding_of(membership, clock.today()) if membership else None
    held = policies.held_where_related(holding) if holding else frozenset()
    return [
        {"title": str(row.title), "url": f"{reverse('opening', args=[procedure.key, row.key])}?{urlencode({one.name: name})}"}
        for procedure in registry.procedures()
        for row in procedure.tables.get(subject.edition, ())
        for one in procedure.inputs_of(row)
        if row.opens and policies.acting_as(row, held) and (name := one.naming(subject))
    ]


@register.simple_tag
def history_of(subject: Subject) -> list[Event]:
    """All that happened to a file, oldest first, with the organisations' names; one query: `{% history_of file as log %}`."""
    return list(with_organisations(history(subject.procedure.key, subject.pk)))


@register.inclusion_tag("workflow/_turns.html")
def file_turns(subject: Subject, log: Sequence[Event]) -> dict[str, Any]:
    """How long a file waited for whom, in days, by its log: `{% file_turns project log %}`."""
    spent = time_spent(subject, log, clock.now() if whose_move(subject) else subject.state_since)
    return {"turns": [{"name": one.label, "days": length / ONE_DAY} for one, length in spent.items()]}


@register.inclusion_tag("workflow/_history.html", takes_context=True)
def file_history(
    context: template.Context, subject: Subject, log: Sequence[Event] | None = None, deadlines: Iterable[Deadline] | None = None
) -> dict[str, Any]:
    """What happened to a file, newest first: the last twenty, or all with `?history=all`.

    `{% file_history project %}`, with its log and its running deadlines where the page has read them already.
    """
    request = context["request"]
    whole = request.GET.get("history") == "all"
    shown = _shown(subject, whole=whole) if log is None else log[::-1][: None if whole else RECENT]
    return {
        "entries": with_receipts(subject, shown, request.membership),
        "next": upcoming(subject, deadlines),
        "total": subject.version,
        "hidden": not whole and subject.version > RECENT,
        "request": request,
        "viewer_zone": context.get("viewer_zone"),
    }


def _shown(subject: Subject, *, whole: bool) -> list[Event]:
    events = with_organisations(history(subject.procedure.key, subject.pk)).order_by("-version")
    return list(events if whole else events[:RECENT])


def with_receipts(subject: Subject, events: Sequence[Event], membership: Membership | None) -> list[dict[str, Any]]:
    """A file's events as the timeline takes them, with the receipts that a reader may have."""
    holding = holding_of(membership, clock.today()) if membership else None
    return [{**one, "url": receipt_url(subject, event, holding)} for one, event in zip(entries(events), events, strict=True)]


@register.simple_tag
def event_entries(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events of one or several files as the timeline takes them: `{% event_entries events as entries %}`."""
    return entries(events)


@register.filter
def event_by(event: Event, organisation: str | None) -> str:
    """Who acted, in one line."""
    return " · ".join(event_parties(event, organisation))


@register.filter
def event_url(event: Event) -> str:
    """The page of the file that an event is about."""
    return reverse("file", args=[event.subject_type, event.subject_id])


def upcoming(subject: Subject, deadlines: Iterable[Deadline] | None = None) -> dict[str, Any] | None:
    """What happens next: the steps that the file waits for, by the nearest of their last days."""
    rows = whose_move(subject)
    if not rows:
        return None
    keys = {row.key for row in rows}
    running = open_deadlines(subject) if deadlines is None else deadlines
    due = next((one for one in running if one.step in keys), None)
    titles = " · ".join(awaited_lines(rows))
    return {
        "title": titles,
        "on": due.last_day if due else None,
        "by": _(", ").join(map(capacity_name, movers_of(subject, rows))),
    }


@register.simple_tag
def movers(subject: Subject) -> list[Capacity]:
    """Whose move it is, each capacity once; empty when the procedure has ended."""
    return movers_of(subject, whose_move(subject))


@register.simple_tag
def takers(subject: Subject, row: Step | None) -> list[Capacity]:
    """Who takes one step of a file: `{% takers file row as whom %}`."""
    return movers_of(subject, [row] if row else [])


@register.simple_tag
def file_notes(subject: Subject) -> Sequence[Fact]:
    """What the page of one file adds about it, as its app words it."""
    return notes_of(subject)


@register.simple_tag
def awaited(subject: Subject) -> list[str]:
    """What a file waits for, line by line."""
    return awaited_lines(whose_move(subject))


@register.simple_tag(takes_context=True)
def days_since(context: Context, moment: datetime) -> int:
    """How many days of the reader's calendar have passed since a moment: `{% days_since file.state_since as days %}`."""
    zone = zones(context)[0]
    return (clock.now().astimezone(zone).date() - moment.astimezone(zone).date()).days


@register.simple_tag
def deadline_row(subject: Subject, deadline: Deadline) -> Step | None:
    """The row of the rulebook that a deadline is about."""
    return subject.procedure.row(subject.edition, deadline.step)
