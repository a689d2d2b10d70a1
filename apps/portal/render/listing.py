"""The list of projects: its heading, and a row per project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.core.calendar import legal_day
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import SMALL_NUMBERS, day_words, grouped, in_words
from apps.issuance.selectors import Line, latest_stage
from apps.portal.render.standing import rests_until, title_of
from apps.portal.render.tracker import round_name, stage_words
from apps.portal.render.whose import movers
from apps.portal.selectors import Place
from apps.projects.models import Project


def heading(count: int, registered: int) -> str:
    """How many projects there are, and how many of them are registered; in words where both numbers are small."""
    if not count:
        return _("No project has been published yet")
    written = in_words if count < len(SMALL_NUMBERS) else grouped
    text = ngettext(
        "%(count)s project, %(registered)s registered", "%(count)s projects, %(registered)s of them registered", count
    )
    return capfirst(text % {"count": written(count), "registered": written(registered) if registered else _("none")})


def list_row(project: Project, place: Place, rounds: Sequence[Line]) -> dict[str, Any]:
    """One project of the list: its stage, whose move it is, since when and until when; and its other running rounds."""
    return {
        "project": project,
        "title": title_of(project),
        "stage": stage_words(project, place),
        "round": place.line.round.number if place.line else None,
        "also": [_also(line) for line in rounds if line.moves and line is not place.line],
        "who": [] if rests_until(place) else movers(place.moves),
        "rests": _rests(place),
        "since": place.subject.state_since,
        "due": place.due,
    }


def project_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows of the list as a table for other programs: one line a project, participants of a side in one cell."""
    heads = [
        _("Number"), _("Title"), *(_("Participants of %(side)s") % {"side": side_name(side)} for side in Side),
        _("Stage"), _("Round"), _("State"), _("Whose move"), _("Since"), _("Due"),
    ]  # fmt: skip
    return Table(_("Projects"), heads, map(_exported, rows))


def _exported(row: Mapping[str, Any]) -> list[Cell]:
    """One project; days are Japan's civil days, as all legal days are."""
    project, due = row["project"], row["due"]
    who = _(", ").join(str(one.label) for one in row["who"])
    of_sides = [_(", ").join(str(one) for one in project.participants.all() if one.side == side) for side in Side]
    return [
        project.reference, row["title"], *of_sides, str(row["stage"]["name"]), row["round"], str(row["stage"]["words"]),
        who or row["rests"], legal_day(row["since"]), due.last_day if due else None,
    ]  # fmt: skip


def _also(line: Line) -> str:
    stage = latest_stage([line])
    return _("%(round)s: %(stage)s") % {"round": round_name(line.round), "stage": stage.name if stage else ""}


def _rests(place: Place) -> str:
    """Why nobody is awaited; empty where somebody is."""
    until = rests_until(place)
    if until:
        return _("Nobody until %(day)s") % {"day": day_words(until, "short")}
    return "" if place.moves else _("Nobody")
