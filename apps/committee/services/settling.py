"""Outcomes, decisions, and the effect of what was adopted."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.committee.kinds import Basis, Outcome
from apps.committee.models import Ballot, BallotItem, Decision
from apps.committee.policies import Verdict, phase_of, verdict
from apps.committee.selectors import Tally, items_waiting_for_effect, open_items, subject_of
from apps.core.errors import Problem, Refusal
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.fsm import Act
from apps.workflow.services import one_transaction, perform

logger = logging.getLogger(__name__)


def items_settled(subject: Ballot, act: Act) -> None:
    """Give each item whose outcome is certain that outcome, and each adopted one its decision."""
    tallies = [tally for tally in act.read["board"].tallies if tally.item.is_open]
    found = [(tally, verdict(tally, phase_of(subject, tally.item), subject.rules.adoption)) for tally in tallies]
    act.data["items"] = [_settle(subject, act, tally, what) for tally, what in found if what]


def _settle(subject: Ballot, act: Act, tally: Tally, what: Verdict) -> dict[str, Any]:
    _give_outcome(tally.item, what.outcome, act)
    told: dict[str, Any] = {"item": tally.item.number, "outcome": str(what.outcome)}
    if what.basis is None:
        against = [*tally.objecting, *(one for one in tally.standing_aside if one.seat.is_co_chair)]
        return told | {"because": [[one.seat.membership_id, str(one.answer)] for one in against]}
    return told | {"decision": _decide(subject, act, tally, what.basis).pk, "rule": str(what.basis)}


def _give_outcome(item: BallotItem, outcome: Outcome, act: Act) -> None:
    item.outcome, item.act_id = outcome, act.id
    item.save(update_fields=["outcome", "act_id"])


def _decide(subject: Ballot, act: Act, tally: Tally, basis: Basis) -> Decision:
    """Write the decision down. A meeting's decision bears the day of the meeting. Source: rules 3.5."""
    return Decision.objects.create(
        ballot=subject,
        item=tally.item,
        adopted_on=subject.held_on or act.effective_on,
        adopted_at=_adopted_at(tally, basis, act),
        rule=basis,
        explanation=_explanation(subject, tally),
        act_id=act.id,
    )


def _adopted_at(tally: Tally, basis: Basis, act: Act) -> datetime:
    """The moment at which the last condition was met, however late the sweep that found it; at a meeting, when it was taken."""
    if basis == Basis.MEETING and tally.item.taken_at:
        return tally.item.taken_at
    last_said = max((one.now.at for one in tally.standings if one.now), default=act.at)
    closed_at = tally.item.closes_at if basis == Basis.SILENCE else None
    return max(last_said, closed_at) if closed_at else last_said


def _explanation(subject: Ballot, tally: Tally) -> dict[str, Any]:
    """Who agreed, kept silent and stood aside, by membership; and what the window or meeting was."""
    return {
        "agree": [one.seat.membership_id for one in tally.agreeing],
        "silent": [one.seat.membership_id for one in tally.silent],
        "stood_aside": [one.seat.membership_id for one in tally.standing_aside],
        "window_ended_on": tally.item.window.ends_on.isoformat() if tally.item.window else None,
        "held_on": subject.held_on.isoformat() if subject.held_on else None,
        "meeting_no": subject.meeting_no,
    }


def items_executed(subject: Ballot, act: Act) -> None:
    """Perform the steps of adopted items, in their order and each by itself: one that is refused hinders no other.

    The rule tries each item once; the secretariat may try those again that were refused.
    """
    items = items_waiting_for_effect(subject)
    if act.actor.kind == ActorKind.CLOCK:
        items = items.filter(problems=[])
    with override(settings.LANGUAGE_CODE):
        act.data["items"] = [_execute(item, act) for item in items]


def _execute(item: BallotItem, act: Act) -> dict[str, Any]:
    problems = _performed(item)
    item.executed_at = None if problems else act.at
    item.problems = [{"code": one.code, "text": one.text, "field": one.field} for one in problems]
    item.save(update_fields=["executed_at", "problems"])
    return {"item": item.number, "executed": not problems, "problems": [one.code for one in problems]}


def _performed(item: BallotItem) -> tuple[Problem, ...]:
    """Perform an adopted item's step in a savepoint; the problems where it was refused."""
    try:
        with one_transaction():
            _perform(item)
            # What is held only at the end of the transaction must refuse this item, not all of them.
            connection.check_constraints()
    except Refusal as refusal:
        return refusal.problems
    except Exception:  # reason: a fault in one file's step must not undo the decision, nor the last member's yes
        logger.exception("item %s of ballot %s could not be performed", item.number, item.ballot_id)
        return (Problem("BAL-22", _("the step failed by a fault of the system; the secretariat can try again")),)
    return ()


def _perform(item: BallotItem) -> None:
    decision = item.decision
    file = subject_of(item)
    if file is None:
        raise Refusal(Problem("BAL-02", _("there is no such file")))
    day = item.effective_on or decision.adopted_on
    perform(file, item.step, actor=Actor.decision(decision.pk, decision.adopted_on), effective_on=day, **item.inputs)


def item_withdrawn(subject: Ballot, act: Act) -> None:
    """Take one open item off a running ballot."""
    _give_outcome(open_items(subject).get(number=act.inputs["item"]), Outcome.WITHDRAWN, act)


def open_items_withdrawn(subject: Ballot, act: Act) -> None:
    """Withdraw whatever is open."""
    items = list(open_items(subject))
    for item in items:
        _give_outcome(item, Outcome.WITHDRAWN, act)
    act.data["items"] = [{"item": item.number, "outcome": str(Outcome.WITHDRAWN)} for item in items]


def item_deferred(subject: Ballot, act: Act) -> None:
    """Take one open item off a running ballot and leave it to a meeting."""
    _give_outcome(open_items(subject).get(number=act.inputs["item"]), Outcome.DEFERRED, act)
