"""Who may say what on a ballot, and until when. The legal instant decides, not the sweep."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.checks.naming import open_problems
from apps.committee.kinds import IN_WORDS, Answer
from apps.committee.models import Ballot, BallotItem
from apps.committee.policies import is_late
from apps.committee.procedure import State
from apps.committee.selectors import hearing, held_office, replies_to_confirm, scan_of
from apps.composition.policies import covers
from apps.composition.selectors import credential_problem
from apps.core import clock
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.workflow.fsm import Act


def speaker_holds_a_seat(subject: Ballot, act: Act) -> list[Problem]:
    """Only those who sat on the committee when the ballot was circulated, and their alternates, take positions on it."""
    if hearing(subject, act).seat:
        return []
    return [Problem("BAL-10", _("this ballot has no seat for you: it keeps the members of the day of its circulation"))]


def credential_may_decide(subject: Ballot, act: Act) -> list[Problem]:
    """Whoever has changed the password or address they sign in with waits for a second person and the cooling period."""
    problem = credential_problem(act.actor.membership_id or 0, act.at)
    return [problem] if problem else []


def alternate_acts_in_scope(subject: Ballot, act: Act) -> list[Problem]:
    """An alternate speaks on what the appointment names, and on everything where it names nothing."""
    if act.holding is None or act.holding.role != Role.ALTERNATE:
        return []
    scope = Membership.objects.values_list("scope", flat=True).get(pk=act.actor.membership_id or 0)
    text = _("item %(number)s lies outside the scope of your appointment as an alternate")
    items = (item for item, _said in hearing(subject, act).answered(act))
    return [Problem("BAL-23", text % {"number": item.number}, "item") for item in items if not covers(scope, item.subject_type)]


def speaker_is_heard_now(subject: Ballot, act: Act) -> list[Problem]:
    """After its window an item is left to the co-chairs, and so is what a meeting decided; and not before the meeting."""
    seat = hearing(subject, act).seat
    if seat is None:
        return []
    if subject.state == State.CONFIRMATION and not seat.is_co_chair:
        return [Problem("BAL-15", _("the co-chairs alone confirm what the committee has decided"))]
    if subject.held_on and clock.today() < subject.held_on:
        return [Problem("BAL-16", _("the meeting is on %(day)s; confirm it then") % {"day": day_words(subject.held_on)})]
    if not act.inputs and subject.state == State.WAITING and not seat.is_co_chair:
        return [_late(None, subject)]
    return [
        _late(item, subject)
        for item, _said in hearing(subject, act).answered(act)
        if item.is_open and is_late(seat, item, act.at)
    ]


def _late(item: BallotItem | None, subject: Ballot) -> Problem:
    window = item.window if item else subject.window
    last_day = day_words(window.ends_on) if window else ""
    text = _("the window for replies ended with %(day)s; a late reply does not count") % {"day": last_day}
    return Problem("BAL-14", text, "item" if item else "")


def answers_are_to_open_items(subject: Ballot, act: Act) -> list[Problem]:
    """Each answer names an item of the ballot that has no outcome yet."""
    return open_problems(act, hearing(subject, act).items) if act.inputs else []


def text_is_the_one_read(subject: Ballot, act: Act) -> list[Problem]:
    """Nobody answers a text that has been replaced since they read it."""
    text = _("the text or the papers of item %(number)s have changed since you read it; read what changed and answer again")
    return [
        Problem("BAL-24", text % {"number": item.number}, "item")
        for item, said in hearing(subject, act).answered(act)
        if said.get("revision", item.revision) != item.revision
    ]


def nobody_answered_meanwhile(subject: Ballot, act: Act) -> list[Problem]:
    """Where two answer for one seat at once, the second reads the first before it is replaced."""
    if "seen" not in act.inputs or hearing(subject, act).last_said <= act.inputs["seen"]:
        return []
    return [Problem("BAL-25", _("an answer for this seat was recorded while you read; read it, then answer again"))]


def no_conflict_is_declared(subject: Ballot, act: Act) -> list[Problem]:
    """Whoever has declared a conflict of interest on an item is out of it, whatever text it has. Source: rules 3.8."""
    heard, text = hearing(subject, act), _("a conflict of interest is declared on item %(number)s; the alternate may answer")
    return [
        Problem("BAL-26", text % {"number": item.number}, "item") for item, _said in heard.answered(act) if item.pk in heard.aside
    ]


def reasons_are_given(subject: Ballot, act: Act) -> list[Problem]:
    """Whoever does not agree, asks for a meeting or agrees with a comment says what they have to say."""
    text = _("item %(number)s: give the reason")
    comment = _("item %(number)s: write the comment")
    return [
        Problem("BAL-11", (comment if said == Answer.AGREE_WITH_COMMENT else text) % {"number": one["item"]}, "reason")
        for one in act.inputs.get("answers", ())
        for said in [Answer(one["answer"])]
        if said in IN_WORDS and not one["reason"]
    ]


# --- Replies on paper, and late ones --------------------------------------------------------------


def seat_is_of_own_side(subject: Ballot, act: Act) -> list[Problem]:
    """A secretariat writes down replies of its own side's members: neither side acts for the other."""
    if "seat" not in act.inputs:
        return []
    seat = hearing(subject, act).seat
    if seat is None:
        return [Problem("BAL-10", _("this person holds no seat at this ballot"), "seat")]
    if act.holding is None or seat.side == act.holding.side:
        return []
    return [Problem("BAL-27", _("this member is of the other side; its own secretariat records the reply"), "seat")]


def reply_was_received(subject: Ballot, act: Act) -> list[Problem]:
    """A reply on paper came after the circulation and not later than today."""
    received, sent = act.inputs.get("received_on"), subject.circulated_on
    if received is None or sent is None or sent <= received <= clock.today():
        return []
    return [Problem("BAL-28", _("a reply is received between the circulation and today"), "received_on")]


def member_held_office_then(subject: Ballot, act: Act) -> list[Problem]:
    """A reply on paper is that of somebody who held the office when it was received. Source: rules 3.2."""
    seat, received = hearing(subject, act).seat, act.inputs.get("received_on")
    if seat is None or received is None or held_office(seat, received):
        return []
    text = _("this member did not hold the office on %(day)s, when the reply was received; it does not count")
    return [Problem("BAL-39", text % {"day": day_words(received)}, "received_on")]


def scan_is_new(subject: Ballot, act: Act) -> list[Problem]:
    """Each reply on paper has its own scan, handed in by whoever records it."""
    if scan_of(subject, act.actor.membership_id):
        return []
    return [Problem("BAL-28", _("hand in the scan of this reply; one scan stands for one reply"), "REPLY")]


def a_reply_waits_for_its_member(subject: Ballot, act: Act) -> list[Problem]:
    """A reply on paper was recorded for this member, who has not confirmed it."""
    if replies_to_confirm(subject, act.actor.membership_id).exists():
        return []
    return [Problem("BAL-29", _("no reply on paper waits for your confirmation"))]


def reply_is_late(subject: Ballot, act: Act) -> list[Problem]:
    """Only what can no longer count is kept as a late comment."""
    seat, text = hearing(subject, act).seat, _("item %(number)s still takes your answer; take a position instead")
    if seat is None:
        return []
    return [
        Problem("BAL-30", text % {"number": item.number}, "item")
        for item, _said in hearing(subject, act).answered(act)
        if item.is_open and not is_late(seat, item, act.at)
    ]
