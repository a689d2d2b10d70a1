"""Where a project stands, in one sentence; then whose move it is; then since when, until when, and what else is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import capacity_name, side_name
from apps.accounts.roles import Role, Side
from apps.committee.models import BallotItem
from apps.core import clock
from apps.core.calendar import legal_day
from apps.core.templatetags.gazette import day_words, grouped
from apps.issuance.kinds import Share
from apps.issuance.procedure import State as RoundState
from apps.issuance.selectors import Line
from apps.portal.render.sentences import PROJECT, ROUND
from apps.portal.render.tracker import monitored_until, sides_with
from apps.portal.render.whose import movers, whose_move
from apps.portal.selectors import File, Place
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.models import Deadline, Subject
from apps.workflow.options import movers_of
from apps.workflow.render.words import awaited_lines, stays_words
from apps.workflow.table import Step


@dataclass(frozen=True, slots=True)
class Where:
    """The block at the head of a project's page."""

    say: SafeString
    since: datetime
    waited: str
    awaited: Sequence[str]
    stays: str
    due: Deadline | None
    ballots: Sequence[BallotItem]
    also: Sequence[str]
    next: dict[str, Any] | None


def where_it_stands(file: File) -> Where:
    """One sentence on the file that the page speaks of with whose move it is there, and the facts below it."""
    place = file.place
    awaited = [] if rests_until(place) else [row for row in place.moves if not row.is_for(Role.CLOCK)]
    return Where(
        say=_said(place),
        since=place.subject.state_since,
        waited=_days(place.subject) if awaited else "",
        awaited=awaited_lines(awaited),
        stays=stays_words(place.subject) if awaited else "",
        due=place.due,
        ballots=file.ballots,
        also=[_in_round(line) for line in file.rounds if line.moves and line is not place.line],
        next=_next(place, awaited),
    )


def _said(place: Place) -> SafeString:
    """The sentence, then whose move it is."""
    stands, move = sentence(place), _move(place)
    if not move:
        return format_html("{}", stands)
    # Translators: two sentences.
    return format_html(_("{first} {second}"), first=stands, second=format_html("<strong>{}</strong>", move))


def sentence(place: Place) -> str:
    """Where the project, or the round that its page speaks of, stands."""
    if place.line is not None:
        return _in_round(place.line)
    return str(PROJECT[State(place.subject.state)])


def _next(place: Place, awaited: Sequence[Step]) -> dict[str, Any] | None:
    """What happens next, for the young end of the timeline: the step that falls due, else what is awaited."""
    rows = [row for row in place.moves if place.due and row.key == place.due.step] or list(awaited)
    if not rows or rests_until(place):
        return None
    who = _(", ").join(map(capacity_name, movers_of(place.subject, rows)))
    return {"title": " · ".join(awaited_lines(rows)), "on": place.due.last_day if place.due else None, "by": who}


def rests_until(place: Place) -> date | None:
    """The last day before which nothing can be done: that of a monitoring period that still runs."""
    return monitored_until(place.line.round) if place.line else None


def _move(place: Place) -> str:
    if rests_until(place):
        return _("Nobody has to act before it ends.")
    if not place.moves:
        return _("Nothing is awaited.") if place.subject.state == State.REGISTERED else ""
    return whose_move(movers(place.moves))


def _in_round(line: Line) -> str:
    one = line.round
    number = {"number": one.number}
    if until := monitored_until(one):
        return _("Round %(number)s is being monitored until %(day)s.") % {**number, "day": day_words(until)}
    if one.awaits_authorisation and one.host_is_done:
        given = {**number, "host": side_name(Side.HOST), "japan": side_name(Side.JAPAN)}
        return (
            _("Round %(number)s waits for the Government of %(host)s to authorise the transfer of %(japan)s’s credits.") % given
        )
    if any(row.is_for(Role.GOVERNMENT) for row in line.moves):
        return _("Round %(number)s waits for the Governments’ prior approval.") % number
    return _to_issue(line) or str(ROUND[RoundState(one.state)]) % number


def _to_issue(line: Line) -> str:
    """What one side has still to issue; empty unless it is one side alone."""
    pending, issued = sides_with(line, Share.PENDING), sides_with(line, Share.ISSUED)
    if len(pending) != 1:
        return ""
    given = {
        "pending": side_name(pending[0]),
        "tonnes": grouped(line.round.side(pending[0]).tonnes),
        "number": line.round.number,
        "issued": side_name(issued[0]) if issued else "",
    }
    if issued:
        return _("%(issued)s has issued its credits of round %(number)s; %(pending)s has %(tonnes)s to issue.") % given
    return _("%(pending)s has %(tonnes)s credits of round %(number)s to issue.") % given


def _days(subject: Subject) -> str:
    days = (clock.today() - legal_day(subject.state_since)).days
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": grouped(days)} if days else _("today")


def title_of(project: Project) -> str:
    """The title of a project; a draft may not have one yet."""
    return project.title or _("Without a title")
