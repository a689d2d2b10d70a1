"""What must be true before a ballot's step: each function is a sentence, and says what is wrong where it is not.

Codes: BAL-01 to BAL-09 the ballot and its questions, BAL-10 to BAL-16 positions, BAL-17 and on outcomes and effect.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.kinds import OBJECTIONS, Answer, Form, Outcome
from apps.committee.models import Ballot, BallotItem
from apps.committee.policies import question_problems, verdict
from apps.committee.procedure import State
from apps.committee.selectors import board, items_waiting_for_effect, members_on, open_items, seat_of
from apps.core import clock
from apps.core.errors import Problem
from apps.workflow.actors import ActorKind
from apps.workflow.fsm import Act

# The most characters that an item's columns hold.
ROOM = {"title": 300, "subject_type": 40, "subject_step": 40}


def meeting_fits_the_form(subject: Ballot, act: Act) -> list[Problem]:
    """A meeting has a day; any other form has no meeting's day, number or place."""
    form, details = act.inputs.get("form"), [name for name in ("meeting_no", "place", "held_on") if act.inputs.get(name)]
    if form == Form.MEETING and "held_on" not in details:
        return [Problem("BAL-07", _("the day of the meeting is missing"), "held_on")]
    if form != Form.MEETING and details:
        return [Problem("BAL-07", _("only a decision at a meeting has this; leave it empty"), details[0])]
    return []


def item_is_the_committees(subject: Ballot, act: Act) -> list[Problem]:
    """The file exists, its table has the step, the committee decides it, and the step's inputs are understood."""
    if not act.inputs:
        return []
    item = BallotItem.asking(act.inputs)
    too_long = [problem for name, most in ROOM.items() for problem in _too_long(act, name, most)]
    return too_long or [*question_problems(item), *_term_problems(item)]


def _too_long(act: Act, name: str, most: int) -> list[Problem]:
    text = _("at most %(most)s characters have room here") % {"most": most}
    return [Problem("BAL-05", text, name)] if len(act.inputs.get(name, "")) > most else []


def _term_problems(item: BallotItem) -> list[Problem]:
    if item.effective_on and item.expires_on and item.expires_on < item.effective_on:
        return [Problem("BAL-05", _("its last day of effect lies before its first"), "expires_on")]
    return []


def item_is_on_the_ballot(subject: Ballot, act: Act) -> list[Problem]:
    """The ballot has an item of that number."""
    return _strangers(act, subject.items.all())


def item_is_open(subject: Ballot, act: Act) -> list[Problem]:
    """The item is on the ballot and has no outcome yet."""
    items = subject.items.all()
    return _strangers(act, items) or _settled(act, items)


def _named(act: Act) -> set[int]:
    return {act.inputs["item"]} if "item" in act.inputs else {one["item"] for one in act.inputs.get("answers", ())}


def _strangers(act: Act, items: Iterable[BallotItem]) -> list[Problem]:
    known, text = {item.number for item in items}, _("there is no item %(number)s on this ballot")
    return [Problem("BAL-12", text % {"number": number}, "item") for number in sorted(_named(act) - known)]


def _settled(act: Act, items: Iterable[BallotItem]) -> list[Problem]:
    numbers, text = _named(act), _("item %(number)s has its outcome already: %(outcome)s")
    return [
        Problem("BAL-13", text % {"number": item.number, "outcome": item.get_outcome_display().lower()}, "item")
        for item in items
        if item.outcome and item.number in numbers
    ]


def ballot_is_electronic(subject: Ballot, act: Act) -> list[Problem]:
    """Only an electronic decision is circulated for replies."""
    return (
        [] if subject.form == Form.ELECTRONIC else [Problem("BAL-07", _("ask both co-chairs to confirm this decision instead"))]
    )


def ballot_is_not_electronic(subject: Ballot, act: Act) -> list[Problem]:
    """Only what the committee decided otherwise than electronically is confirmed by the co-chairs alone."""
    return [Problem("BAL-07", _("circulate an electronic decision to all members"))] if subject.form == Form.ELECTRONIC else []


def act_takes_effect_today(subject: Ballot, act: Act) -> list[Problem]:
    """Circulation and positions cannot be dated ahead."""
    if act.effective_on == clock.today():
        return []
    return [Problem("BAL-08", _("this takes effect on the day on which it is done"), "effective_on")]


def items_are_the_committees(subject: Ballot, act: Act) -> list[Problem]:
    """There is something to decide, and all of it is the committee's to decide."""
    items = list(subject.items.all())
    if not items:
        return [Problem("BAL-01", _("the ballot has no items; add one first"))]
    return [problem for item in items for problem in question_problems(item)]


def seats_are_lawful(subject: Ballot, act: Act) -> list[Problem]:
    """Each side has exactly one co-chair and no more members than the rules allow. Source: rules 1.1, 3.2."""
    members = members_on(clock.today())
    return [problem for side in Side for problem in _side_problems(subject, side, [one for one in members if one.side == side])]


def _side_problems(subject: Ballot, side: Side, members: list[Membership]) -> list[Problem]:
    chairs, most = sum(one.role == Role.CO_CHAIR for one in members), subject.rules.days("members_per_side")
    problems = []
    if chairs != 1:
        text = _("one co-chair is needed on each side; %(side)s has %(count)s")
        problems.append(Problem("BAL-09", text % {"side": side.label, "count": chairs}))
    if len(members) > most:
        text = _("at most %(most)s members sit on each side; %(side)s has %(count)s")
        problems.append(Problem("BAL-09", text % {"most": most, "side": side.label, "count": len(members)}))
    return problems


def speaker_holds_a_seat(subject: Ballot, act: Act) -> list[Problem]:
    """Only those who sat on the committee when the ballot was circulated take positions on it."""
    if seat_of(subject, act.actor.membership_id):
        return []
    return [Problem("BAL-10", _("this ballot has no seat for you: it keeps the members of the day of its circulation"))]


def speaker_is_heard_now(subject: Ballot, act: Act) -> list[Problem]:
    """After the window, and on what a meeting decided, only co-chairs speak; and not before the meeting."""
    seat = seat_of(subject, act.actor.membership_id)
    if seat is None:
        return []
    late = subject.window is not None and (subject.state == State.WAITING or act.at >= subject.window.due_at)
    if late and not seat.is_co_chair:
        return [_late(subject)]
    if subject.state == State.CONFIRMATION and not seat.is_co_chair:
        return [Problem("BAL-15", _("the co-chairs alone confirm what the committee has decided"))]
    if subject.held_on and clock.today() < subject.held_on:
        return [Problem("BAL-16", _("the meeting is on %(day)s; confirm it then") % {"day": subject.held_on.isoformat()})]
    return []


def _late(subject: Ballot) -> Problem:
    last_day = subject.window.ends_on.isoformat() if subject.window else ""
    return Problem("BAL-14", _("the window for replies ended with %(day)s; a late reply does not count") % {"day": last_day})


def answers_are_to_open_items(subject: Ballot, act: Act) -> list[Problem]:
    """Each answer names an item of the ballot that has no outcome yet."""
    if not act.inputs:
        return []
    return item_is_open(subject, act)


def reasons_are_given(subject: Ballot, act: Act) -> list[Problem]:
    """Whoever does not agree, or asks for a meeting, says why."""
    text = _("item %(number)s: give the reason")
    return [
        Problem("BAL-11", text % {"number": one["item"]}, "reason")
        for one in act.inputs.get("answers", ())
        if Answer(one["answer"]) in OBJECTIONS and not one["reason"]
    ]


def an_item_is_determined(subject: Ballot, act: Act) -> list[Problem]:
    """What has been said makes the outcome of at least one item certain."""
    tallies = board(subject).tallies
    if any(tally.item.is_open and verdict(tally, subject.state, subject.rules.adoption) for tally in tallies):
        return []
    return [Problem("BAL-17", _("no open item can be adopted or severed yet"))]


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
