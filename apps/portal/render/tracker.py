"""The stage tracker: four stages once, three in every round; one of them is the one that the sentence speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.render import side_name
from apps.accounts.roles import Role, Side
from apps.core import clock
from apps.core.templatetags.gazette import day_words, in_words
from apps.issuance.kinds import Share
from apps.issuance.kinds import StageName as RoundStageName
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.issuance.selectors import Line
from apps.issuance.selectors import Stage as RoundStage
from apps.portal.render.sentences import PROJECT_SHORT, ROUND_SHORT
from apps.portal.selectors import Place
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.projects.selectors import STATES_OF, Stage, StageName, stage, stages

MOST_ROUNDS = 4
GOING = ("now", "stop")


def tracker(project: Project, rounds: Sequence[Line], place: Place) -> dict[str, Any]:
    """What `_partials/stages.html` shows; of many rounds those that run and the latest of the others."""
    shown = _shown(rounds)
    hidden = len(rounds) - len(shown)
    return {
        "once": [_once(project, one, current=place.line is None and one.key == here(project)) for one in stages(project)],
        "rounds": [
            {"name": round_name(line.round), "stages": [_in_round(line, one, place) for one in line.stages]} for line in shown
        ],
        "note": _earlier(hidden) if hidden else "",
    }


def here(project: Project) -> StageName:
    """The stage that a project's state belongs to; the methodology's own course runs beside it."""
    return next((name for name, states in STATES_OF.items() if project.state in states), stage(project).key)


def _shown(rounds: Sequence[Line]) -> list[Line]:
    closed = [line for line in rounds if not line.moves]
    room = max(0, MOST_ROUNDS - (len(rounds) - len(closed)))
    dropped = closed[: max(0, len(closed) - room)]
    return [line for line in rounds if line not in dropped]


def _earlier(hidden: int) -> str:
    text = ngettext("%(count)s earlier round has ended.", "%(count)s earlier rounds have ended.", hidden)
    return text % {"count": in_words(hidden).capitalize()}


def round_name(one: Round) -> str:
    """What a round is called on the page of its project."""
    return _("Round %(number)s") % {"number": one.number}


def monitored_until(one: Round) -> date | None:
    """The last day of a monitoring period that still runs, before which nobody has to act; None otherwise."""
    runs = one.state == RoundState.MONITORING and one.period_ends_on >= clock.today()
    return one.period_ends_on if runs else None


def stage_words(project: Project, place: Place) -> dict[str, Any]:
    """The stage that a project is at, for a list: its name, a status kind and words."""
    if place.line is not None:
        going = [one for one in place.line.stages if one.kind == "now"]
        return _in_round(place.line, going[-1], place)
    (found,) = [one for one in stages(project) if one.key == here(project)]
    return _once(project, found)


def _once(project: Project, one: Stage, *, current: bool = False) -> dict[str, Any]:
    """One of the four stages that are passed once, in few words."""
    shortened = GOING if one.key != StageName.REGISTRATION else (*GOING, "done")
    words = PROJECT_SHORT[State(project.state)] if one.kind in shortened and one.key != StageName.METHODOLOGY else one.words
    return {"name": one.name, "kind": one.kind, "words": words, "on": one.on, "text": one.text, "current": current}


def _in_round(line: Line, one: RoundStage, place: Place) -> dict[str, Any]:
    """One of the three stages of a round, in few words."""
    shortened = GOING if one.key != RoundStageName.ISSUANCE else (*GOING, "done")
    words = _round_words(line) if one.kind in shortened else one.words
    current = place.line is line and one.kind == "now"
    text, on = _rests_on(line, one)
    return {"name": one.name, "kind": one.kind, "words": words, "on": on, "text": text, "current": current}


def _round_words(line: Line) -> str:
    before_governments = any(row.is_for(Role.GOVERNMENT) for row in line.moves)
    return _("Before the Governments") if before_governments else str(ROUND_SHORT[RoundState(line.round.state)])


def _rests_on(line: Line, one: RoundStage) -> tuple[str, Any]:
    """The second line of a stage: the period monitored, the verifier, what each side has issued; and a day."""
    match one.key:
        case RoundStageName.MONITORING:
            return _period(line.round), None
        case RoundStageName.VERIFICATION if one.kind == "wait":
            return _("After the report"), None
        case RoundStageName.VERIFICATION:
            return (line.round.verifier.reference if line.round.verifier else ""), one.on
        case _ if one.kind == "wait":
            return _("After verification"), None
        case _:
            return (_half_issued(line), None) if _half_issued(line) else ("", one.on)


def _period(one: Round) -> str:
    days = {"first": day_words(one.period_starts_on, "short"), "last": day_words(one.period_ends_on, "short")}
    return _("%(first)s to %(last)s") % days


def _half_issued(line: Line) -> str:
    shares = {one.share: side_name(one.side) for one in line.sides}
    if set(shares) != {Share.ISSUED, Share.PENDING}:
        return ""
    return _("%(one)s issued, %(other)s not yet") % {"one": shares[Share.ISSUED], "other": shares[Share.PENDING]}


def sides_with(line: Line, share: Share) -> list[Side]:
    """The sides that have come so far with their part of a round."""
    return [one.side for one in line.sides if one.share == share]
