"""When an item is adopted or severed, and which questions the committee can be asked. Nothing here writes.

The rule of adoption is data of the edition (`AdoptionRule`); this is its one reading. Source: rules 3.3, 3.4.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.roles import Role, Side
from apps.committee.kinds import YES, Basis, Outcome, Phase
from apps.committee.models import Ballot, BallotItem, Seat
from apps.committee.procedure import State
from apps.committee.selectors import RUNNING, Standing, Tally, subject_of
from apps.core import clock
from apps.core.errors import NotReady, Problem
from apps.workflow.actors import Actor
from apps.workflow.checks import check_results, missing_documents
from apps.workflow.editions import AdoptionRule, Objection
from apps.workflow.fsm import Act
from apps.workflow.inputs import clean_all, dump_all
from apps.workflow.models import Subject
from apps.workflow.options import NOBODY
from apps.workflow.policies import not_in_state
from apps.workflow.table import Step


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an item now, and for an adopted one on which ground."""

    outcome: Outcome
    basis: Basis | None = None


SEVERED = Verdict(Outcome.SEVERED)
DEFERRED = Verdict(Outcome.DEFERRED)


def phase_of(ballot: Ballot, item: BallotItem) -> Phase:
    """What may still be said on an item as its ballot stands: each item has a window of its own."""
    if not item.is_open or ballot.state not in RUNNING:
        return Phase.NONE
    if ballot.state == State.CONFIRMATION:
        return Phase.MEETING
    return Phase.WINDOW if item.window_runs else Phase.AFTER_WINDOW


def verdict(tally: Tally, phase: Phase, rule: AdoptionRule) -> Verdict | None:
    """What becomes of an item in a phase; None while that is open.

    While the window runs, a member may still change an answer, so only the yes of all decides. After it, an
    objection severs or defers the item, and one of those who must agree severs it by standing aside, for then
    their yeses can never come together. Their silence is never consent: the item stays open.
    """
    if phase == Phase.WINDOW:
        return Verdict(Outcome.ADOPTED, Basis.ALL_AGREED) if rule.early_when_all_agree and _all_agree(tally, rule) else None
    if phase == Phase.AFTER_WINDOW:
        return _after_the_window(tally, rule)
    if phase == Phase.MEETING:
        return _at_a_meeting(tally, rule)
    return None


def _after_the_window(tally: Tally, rule: AdoptionRule) -> Verdict | None:
    if tally.objecting:
        return DEFERRED if rule.objection == Objection.DEFERS else SEVERED
    if any(one.answer not in {None, *YES} for one in _who_must_agree(tally, rule)):
        return SEVERED
    silent = {role_of(one.seat) for one in tally.silent}
    adopted = _those_agree(tally, rule) and silent <= set(rule.silence_consents)
    return Verdict(Outcome.ADOPTED, Basis.SILENCE) if adopted else None


def _at_a_meeting(tally: Tally, rule: AdoptionRule) -> Verdict | None:
    if any(one.answer not in {None, *YES} for one in _who_must_agree(tally, rule)):
        return SEVERED
    return Verdict(Outcome.ADOPTED, Basis.MEETING) if _those_agree(tally, rule) else None


def role_of(seat: Seat) -> Role:
    """What the holder of a seat is at its ballot."""
    return Role.CO_CHAIR if seat.is_co_chair else Role.MEMBER


def _who_must_agree(tally: Tally, rule: AdoptionRule) -> list[Standing]:
    return [one for one in tally.standings if role_of(one.seat) in rule.must_agree]


def _those_agree(tally: Tally, rule: AdoptionRule) -> bool:
    """Both sides' co-chairs, and whoever else must, have said yes: neither side adopts anything alone."""
    sides = {one.seat.side for one in tally.co_chairs}
    return len(sides) == len(Side) and all(one.answer in YES for one in (*tally.co_chairs, *_who_must_agree(tally, rule)))


def _all_agree(tally: Tally, rule: AdoptionRule) -> bool:
    """Every member who counts; one with a conflict of interest does not, but those who must agree have to say yes."""
    return _those_agree(tally, rule) and all(one.answer in YES for one in tally.counted)


def is_late(seat: Seat, item: BallotItem, at: datetime) -> bool:
    """Whether a reply for a seat comes after the item's window; the co-chairs are heard until it has its outcome.

    The moment decides, whether or not a sweep has closed the window.
    """
    if seat.is_co_chair or item.closes_at is None:
        return False
    return item.closed_on is not None or at >= item.closes_at


def row_of(subject: Subject, item: BallotItem) -> Step | None:
    """The row of the file's table that an item asks for; None unless it is the committee's to take."""
    row = subject.procedure.row(subject.edition, item.step)
    return row if row and row.is_for(Role.COMMITTEE) else None


def inputs_of(subject: Subject, row: Step, item: BallotItem) -> dict[str, Any]:
    """The item's inputs as its step stores them. Raises NotReady (DOOR-07 to DOOR-09) for wrong ones."""
    declared = subject.procedure.inputs_of(row)
    return dump_all(declared, clean_all(declared, item.inputs))


def question_problems(item: BallotItem, known: Subject | None = None) -> list[Problem]:
    """Why the committee cannot be asked this question: no such file, no such step, wrong inputs (BAL-02 to BAL-04).

    `known` is the file that it is about, where it has been read already.
    """
    if not item.subject_type and not item.step and item.subject_id is None:
        return _text_problems(item)
    subject = known or subject_of(item)
    if subject is None:
        return [_about(item, "BAL-02", _("there is no such file"), "subject_id")]
    row = row_of(subject, item)
    if row is None:
        text = _("“%(step)s” is no step that the committee decides") % {"step": item.step}
        return [_about(item, "BAL-03", text, "subject_step")]
    try:
        inputs_of(subject, row, item)
    except NotReady as refusal:
        return [_about(item, one.code, one.text, f"inputs.{one.field}") for one in refusal.problems]
    return []


def _text_problems(item: BallotItem) -> list[Problem]:
    return [_about(item, "BAL-04", _("a text without a step has no inputs"), "inputs")] if item.inputs else []


def _about(item: BallotItem, code: str, text: str, field: str) -> Problem:
    where = _("item %(number)s: %(text)s") % {"number": item.number, "text": text} if item.number else text
    return Problem(code, where, field)


def rehearse_item(item: BallotItem, known: Subject | None = None) -> list[Problem]:
    """What would hinder an item's step if it were performed now: the door's own tests, without change.

    Empty when nothing does. An earlier item of the same ballot may remove what hinders a later one.
    `known` is the file that it is about, where it has been read already.
    """
    subject = None if item.is_text else known or subject_of(item)
    problems = question_problems(item, subject)
    row = row_of(subject, item) if subject and not problems else None
    return problems if subject is None or row is None else _hindrances(subject, row, item)


# What must be true before the members are asked, and not only when their decision takes effect.
BEFORE_CIRCULATION = ("every_public_input_is_answered",)


def must_come_first(item: BallotItem) -> list[Problem]:
    """What of an item's file must be settled before the members are asked at all, such as the answers to public inputs."""
    subject = None if item.is_text or question_problems(item) else subject_of(item)
    row = row_of(subject, item) if subject else None
    if subject is None or row is None:
        return []
    first = tuple(name for name in row.checks if name in BEFORE_CIRCULATION)
    look = Act(NOBODY, row, Actor.decision(0), clock.now(), clock.today(), "", {})
    found = check_results(subject, replace(row, checks=first), look) if first else []
    return [_about(item, one.code, one.text, one.field) for one in found]


def _hindrances(subject: Subject, row: Step, item: BallotItem) -> list[Problem]:
    if subject.state not in row.source:
        return [not_in_state(row, subject)]
    missing, _hashes = missing_documents(subject, row)
    inputs = clean_all(subject.procedure.inputs_of(row), item.inputs)
    look = Act(NOBODY, row, Actor.decision(0), clock.now(), item.effective_on or clock.today(), "", inputs)
    return missing or check_results(subject, row, look)
