"""When items get their outcome, and when a ballot ends."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.committee.kinds import Outcome
from apps.committee.models import Ballot
from apps.committee.policies import phase_of, verdict
from apps.committee.selectors import board_for_engine, items_waiting_for_effect, open_items
from apps.core.errors import Problem
from apps.workflow.actors import ActorKind
from apps.workflow.fsm import Act


def an_item_is_determined(subject: Ballot, act: Act) -> list[Problem]:
    """What has been said makes the outcome of at least one item certain."""
    tallies = act.read.setdefault("board", board_for_engine(subject)).tallies
    if any(tally.item.is_open and verdict(tally, phase_of(subject, tally.item), subject.rules.adoption) for tally in tallies):
        return []
    return [Problem("BAL-17", _("no open item can be adopted or severed yet"))]


def no_window_runs(subject: Ballot, act: Act) -> list[Problem]:
    """Every item that is still open has had its window, and waits for a co-chair."""
    items = list(open_items(subject))
    if items and not any(item.closed_on is None for item in items):
        return []
    return [Problem("BAL-33", _("a window for replies still runs, or nothing is open"))]


def an_item_waits_for_effect(subject: Ballot, act: Act) -> list[Problem]:
    """An adopted item has not taken effect: for the rule one never tried, for the secretariat any."""
    waiting = items_waiting_for_effect(subject)
    if act.actor.kind == ActorKind.CLOCK:
        waiting = waiting.filter(problems=[])
    return [] if waiting.exists() else [Problem("BAL-18", _("no adopted item waits to take effect"))]


def grounds_are_given(subject: Ballot, act: Act) -> list[Problem]:
    """Whoever withdraws an item says why."""
    return [Problem("BAL-11", _("give the reason"), "reason")] if act.inputs and not act.reason else []


def every_item_has_an_outcome(subject: Ballot, act: Act) -> list[Problem]:
    """A ballot closes when nothing on it is open."""
    count = open_items(subject).count()
    return [Problem("BAL-19", _("%(count)s items are still open") % {"count": count})] if count else []


def nothing_is_adopted(subject: Ballot, act: Act) -> list[Problem]:
    """A decision cannot be taken back by withdrawing its ballot."""
    adopted = subject.items.filter(outcome=Outcome.ADOPTED).first()
    if adopted is None:
        return []
    return [Problem("BAL-21", _("item %(number)s is adopted already; withdraw single items") % {"number": adopted.number})]
