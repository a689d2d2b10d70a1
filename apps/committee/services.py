"""Every write of a ballot: opening, positions, outcomes, and the effect of what was adopted."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.accounts.roles import Role
from apps.committee.kinds import Basis, Form, Outcome
from apps.committee.models import Ballot, BallotItem, Decision, Position, Seat
from apps.committee.policies import Verdict, inputs_of, row_of, verdict
from apps.committee.selectors import Tally, board, items_waiting_for_effect, last_number, members_on, open_items, subject_of
from apps.core import clock
from apps.core.errors import Problem, Refusal
from apps.events.models import Event
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.fsm import Act
from apps.workflow.models import Subject
from apps.workflow.selectors import edition_for
from apps.workflow.services import one_transaction, open_file, perform, take_number

logger = logging.getLogger(__name__)

PLACES = 3


def open_ballot(
    *,
    actor: Actor,
    title: str,
    form: str = Form.ELECTRONIC,
    items: Iterable[Mapping[str, Any]] = (),
    edition: str = "",
    **meeting: Any,
) -> Ballot:
    """Draft a ballot with its items, as one transaction, and return it.

    An item is what the step `add_item` asks for: `title`, and for a step of a file `subject_type`,
    `subject_id`, `subject_step`, `inputs`; `about` makes one. `meeting` may hold `meeting_no`, `place`,
    `held_on`. Raises as `perform` does; then nothing is recorded.
    """
    rules = edition or edition_for(Ballot.procedure, clock.today()).key
    with one_transaction():
        ballot = open_file(Ballot, "draft", actor=actor, edition=rules, title=title, form=str(form), **meeting)
        for item in items:
            perform(ballot, "add_item", actor=actor, **item)
    return cast("Ballot", ballot.reload())


def about(file: Subject, step: str, title: str, /, *, effective_on: date | None = None, **inputs: Any) -> dict[str, Any]:
    """An item for `open_ballot`: a step of a file with its inputs, under a question as title."""
    return {
        "subject_type": file.procedure.key,
        "subject_id": file.pk,
        "subject_step": step,
        "title": title,
        "inputs": inputs,
        "takes_effect_on": effective_on,
    }


def circulate(ballot: Ballot, *, actor: Actor, version: int | None = None) -> Event:
    """Put a drafted ballot before the committee: to all members, or for a meeting to both co-chairs."""
    step = "circulate" if ballot.form == Form.ELECTRONIC else "ask_to_confirm"
    return perform(ballot, step, actor=actor, version=version)


def take_positions(
    ballot: Ballot,
    *,
    actor: Actor,
    answers: Mapping[int, tuple[str, str]],
    version: int | None = None,
    idempotency_key: str | None = None,
) -> Event:
    """Say where a member stands on one or more items: item number -> (answer, reason).

    Without `version` an answer counts whatever others have said meanwhile: the questions themselves
    cannot change once circulated. Raises as `perform` does, with BAL-10 to BAL-16.
    """
    return perform(ballot, "take_position", actor=actor, version=version, idempotency_key=idempotency_key, **as_inputs(answers))


def as_inputs(answers: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
    """Answers by item number as the step `take_position` asks for them."""
    said = [{"item": number, "answer": str(answer), "reason": reason} for number, (answer, reason) in sorted(answers.items())]
    return {"answers": said}


# Effects, in the order of the table.


def ballot_numbered(subject: Ballot, act: Act) -> None:
    """Give the ballot the next number of its year, such as JC-IN-2026-012."""
    series = f"JC-{settings.JCM_PARTNER['code']}-{act.effective_on.year}"
    subject.reference = f"{series}-{take_number(series=series, subject=subject, act=act):0{PLACES}d}"


def item_added(subject: Ballot, act: Act) -> None:
    """Write the item down behind the others, its inputs as its step will read them."""
    item = BallotItem.asking(act.inputs, ballot=subject, number=last_number(subject) + 1)
    file = subject_of(item)
    row = row_of(file, item) if file else None
    if file and row:
        item.inputs = inputs_of(file, row, item)
    item.save()
    act.data["item"] = item.number


def item_removed(subject: Ballot, act: Act) -> None:
    """Take an item off the draft; those behind it move up."""
    number = act.inputs["item"]
    BallotItem.objects.filter(ballot=subject, number=number).delete()
    for item in BallotItem.objects.filter(ballot=subject, number__gt=number).order_by("number"):
        item.number -= 1
        item.save(update_fields=["number"])


def members_seated(subject: Ballot, act: Act) -> None:
    """Give a seat to everybody who sits on the committee today."""
    seats = [
        Seat(ballot=subject, membership=one, side=one.side, is_co_chair=one.role == Role.CO_CHAIR, act_id=act.id)
        for one in members_on(clock.today())
    ]
    Seat.objects.bulk_create(seats)
    act.data["seats"] = [[seat.membership_id, seat.side, seat.is_co_chair] for seat in seats]


def positions_taken(subject: Ballot, act: Act) -> None:
    """Append the speaker's positions; the earlier ones stay."""
    seat = Seat.objects.get(ballot=subject, membership=act.actor.membership_id)
    items = {item.number: item for item in open_items(subject)}
    Position.objects.bulk_create(
        Position(
            ballot=subject, item=items[one["item"]], seat=seat, side=seat.side,
            membership_id=seat.membership_id, revision=items[one["item"]].revision,
            answer=one["answer"], reason=one["reason"], at=act.at, act_id=act.id,
        )
        for one in act.inputs["answers"]
    )  # fmt: skip


def items_settled(subject: Ballot, act: Act) -> None:
    """Give each item whose outcome is certain that outcome, and each adopted one its decision."""
    tallies = [tally for tally in board(subject).tallies if tally.item.is_open]
    found = [(tally, verdict(tally, subject.state, subject.rules.adoption)) for tally in tallies]
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
        adopted_at=_adopted_at(subject, tally, basis, act),
        rule=basis,
        explanation=_explanation(subject, tally),
        act_id=act.id,
    )


def _adopted_at(subject: Ballot, tally: Tally, basis: Basis, act: Act) -> datetime:
    """The moment at which the last condition was met, however late the sweep that found it; at a meeting, when it was taken."""
    if subject.form == Form.MEETING and tally.item.taken_at:
        return tally.item.taken_at
    last_said = max((one.now.at for one in tally.standings if one.now), default=act.at)
    closed_at = subject.closes_at if basis == Basis.SILENCE else None
    return max(last_said, closed_at) if closed_at else last_said


def _explanation(subject: Ballot, tally: Tally) -> dict[str, Any]:
    """Who agreed, kept silent and stood aside, by membership; and what the window or meeting was."""
    return {
        "agree": [one.seat.membership_id for one in tally.agreeing],
        "silent": [one.seat.membership_id for one in tally.silent],
        "stood_aside": [one.seat.membership_id for one in tally.standing_aside],
        "window_ended_on": subject.window.ends_on.isoformat() if subject.window else None,
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
