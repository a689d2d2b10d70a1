"""What must be true before a meeting's step: each function is a sentence, and says what is wrong where it is not.

Codes: MTG-01 to MTG-09 plan and agenda, MTG-10 to MTG-14 attendance, MTG-15 to MTG-21 session and decisions, then the report.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.accounts.selectors import holds
from apps.committee.models import BallotItem
from apps.committee.policies import question_problems
from apps.core import clock
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.meetings.kinds import Mode, Result
from apps.meetings.models import AGREES, AgendaItem, Attendance, Meeting
from apps.meetings.policies import quorum
from apps.meetings.procedure import State
from apps.meetings.selectors import ATTENDS, adopted_of, attendance_of, ballot_of, deferred_named, inputs_for, last_taken_at
from apps.workflow.fsm import Act

# --- Plan and agenda ------------------------------------------------------------------------------


def day_is_ahead(subject: Meeting, act: Act) -> list[Problem]:
    """A meeting is planned for today or later."""
    held_on = act.inputs.get("held_on")
    if held_on is None or held_on >= clock.today():
        return []
    return [Problem("MTG-01", _("this day has passed; plan the meeting for a later one"), "held_on")]


def place_fits_the_mode(subject: Meeting, act: Act) -> list[Problem]:
    """A meeting in a room has a place; one that is wholly online has none."""
    mode, place = act.inputs.get("mode"), act.inputs.get("place", "")
    if mode in {Mode.IN_PERSON, Mode.HYBRID} and not place:
        return [Problem("MTG-02", _("the place is missing"), "place")]
    if mode == Mode.ONLINE and place:
        return [Problem("MTG-02", _("a meeting that is wholly online has no place; leave it empty"), "place")]
    return []


def papers_come_in_time(subject: Meeting, act: Act) -> list[Problem]:
    """Papers are due as many days before the meeting as the rules say, or earlier. Source: rules 3.4."""
    held_on, due_on = act.inputs.get("held_on"), act.inputs.get("papers_due_on")
    days = subject.rules.days("meeting_papers_days")
    if held_on is None or due_on is None or (held_on - due_on).days >= days:
        return []
    text = _("papers are due at least %(days)s days before the meeting")
    return [Problem("MTG-03", text % {"days": days}, "papers_due_on")]


def announced_day_is_not_brought_forward(subject: Meeting, act: Act) -> list[Problem]:
    """Once announced, a meeting can be put off but not brought forward: the notice was for that day."""
    held_on = act.inputs.get("held_on")
    if held_on is None or subject.state != State.ANNOUNCED or held_on >= subject.held_on:
        return []
    text = _("it is announced for %(day)s; it can be put off, not brought forward")
    return [Problem("MTG-04", text % {"day": day_words(subject.held_on)}, "held_on")]


def agenda_has_items(subject: Meeting, act: Act) -> list[Problem]:
    """There is something to meet about."""
    return [] if subject.items.exists() else [_nothing_on_the_agenda()]


def _nothing_on_the_agenda() -> Problem:
    return Problem("MTG-05", _("the agenda is empty; put an item on it first"))


def announced_agenda_keeps_an_item(subject: Meeting, act: Act) -> list[Problem]:
    """The last item of an announced meeting stays: without any the meeting is cancelled instead."""
    if not act.inputs or subject.state != State.ANNOUNCED or subject.items.count() > 1:
        return []
    return [Problem("MTG-05", _("this is the last item of an announced meeting; cancel the meeting instead"), "item")]


def notice_is_kept(subject: Meeting, act: Act) -> list[Problem]:
    """The meeting is announced as many days ahead as the rules say. Source: rules 3.4."""
    if clock.today() <= subject.notice_until:
        return []
    words = {"days": subject.rules.days("meeting_notice_days"), "day": day_words(subject.notice_until)}
    text = _("%(days)s days of notice are needed: the last day for it was %(day)s; plan a later day")
    return [Problem("MTG-06", text % words)]


def item_is_on_the_agenda(subject: Meeting, act: Act) -> list[Problem]:
    """The agenda has an item of that number."""
    return _no_item(subject, act, "item")


def place_is_on_the_agenda(subject: Meeting, act: Act) -> list[Problem]:
    """The agenda has that many places."""
    return _no_item(subject, act, "to")


def _no_item(subject: Meeting, act: Act, name: str) -> list[Problem]:
    number = act.inputs.get(name)
    if number is None or subject.items.filter(number=number).exists():
        return []
    return [Problem("MTG-08", _("the agenda has no item %(number)s") % {"number": number}, name)]


def item_can_be_asked(subject: Meeting, act: Act) -> list[Problem]:
    """A topic, or a step of a file that the committee decides; what the step asks for may still be missing."""
    if not act.inputs:
        return []
    problems = question_problems(_asked_by(act))
    return problems if act.inputs.get("inputs") else [one for one in problems if not one.field.startswith("inputs")]


def _asked_by(act: Act) -> BallotItem:
    """The question that the inputs of an item put, as the committee's own items are judged."""
    given = act.inputs
    return BallotItem(
        subject_type=given.get("subject_type", ""),
        subject_id=given.get("subject_id"),
        step=given.get("subject_step", ""),
        inputs=given.get("inputs", {}),
    )


def deferred_item_waits(subject: Meeting, act: Act) -> list[Problem]:
    """What is said to come from a ballot was left to a meeting there, and no other agenda has it."""
    name = act.inputs.get("deferred_from")
    if not name:
        return []
    found = deferred_named(name)
    if found is None:
        return [Problem("MTG-09", _("%(item)s does not wait for a meeting") % {"item": name}, "deferred_from")]
    given = _asked_by(act)
    same = (found.subject_type, found.subject_id, found.step) == (given.subject_type, given.subject_id, given.step)
    return [] if same else [Problem("MTG-09", _("%(item)s asks another question") % {"item": name}, "deferred_from")]


# --- Attendance -----------------------------------------------------------------------------------


def attendee_is_named(subject: Meeting, act: Act) -> list[Problem]:
    """Either somebody appointed, or a guest with name and organisation."""
    given = act.inputs
    if not given:
        return []
    guest = [name for name in ("name", "organisation") if given.get(name)]
    if given.get("membership"):
        return [Problem("MTG-10", _("leave it empty for somebody who is appointed"), guest[0])] if guest else []
    missing = [name for name in ("name", "organisation") if name not in guest]
    return [Problem("MTG-10", _("give name and organisation of a guest"), name) for name in missing]


def attendee_sits_today(subject: Meeting, act: Act) -> list[Problem]:
    """Members, their alternates and secretariats attend under an appointment in force on the day, and once at a time."""
    key = act.inputs.get("membership")
    membership = Membership.objects.filter(pk=key).select_related("acts_for").first() if key else None
    if membership is None:
        return []
    if membership.as_role not in ATTENDS or not holds(membership, subject.held_on):
        return [Problem("MTG-11", _("no seat, alternate or secretariat on that day; enter a guest"), "membership")]
    if subject.attendances.filter(membership=membership, until_at=None).exists():
        return [Problem("MTG-12", _("this person is present already"), "membership")]
    return []


def arrival_is_on_the_day(subject: Meeting, act: Act) -> list[Problem]:
    """Somebody arrives on the day of the meeting, not in the future."""
    return _moment_problems(subject, act, "from_at") if act.inputs else []


def _moment_problems(subject: Meeting, act: Act, name: str) -> list[Problem]:
    moment = act.inputs.get(name, act.at)
    if moment > act.at:
        return [Problem("MTG-13", _("this moment has not come"), name)]
    if subject.local_day(moment) < subject.held_on:
        return [Problem("MTG-13", _("the meeting is on %(day)s") % {"day": day_words(subject.held_on)}, name)]
    return []


def line_is_present(subject: Meeting, act: Act) -> list[Problem]:
    """The attendance list has that line, and whoever it names has not left."""
    if "line" not in act.inputs or _line(subject, act):
        return []
    return [Problem("MTG-14", _("nobody is present under line %(line)s") % {"line": act.inputs["line"]}, "line")]


def departure_follows_arrival(subject: Meeting, act: Act) -> list[Problem]:
    """Whoever leaves has come before, and leaves not in the future."""
    found = _line(subject, act)
    if found is None:
        return []
    if problems := _moment_problems(subject, act, "until_at"):
        return problems
    if act.inputs.get("until_at", act.at) >= found.from_at:
        return []
    return [Problem("MTG-14", _("they came only later"), "until_at")]


def _line(subject: Meeting, act: Act) -> Attendance | None:
    line = act.inputs.get("line")
    return subject.attendances.filter(line=line, until_at=None).first() if line else None


# --- Session and decisions ------------------------------------------------------------------------


def meeting_opens_on_its_day(subject: Meeting, act: Act) -> list[Problem]:
    """It opens on the day that was announced, not in the future."""
    moment = act.inputs.get("opened_at", act.at)
    if subject.local_day(moment) != subject.held_on:
        text = _("it begins on %(day)s and not before; if it is held on another day, change the day first")
        return [Problem("MTG-15", text % {"day": day_words(subject.held_on)}, "opened_at" if act.inputs else "")]
    return [Problem("MTG-15", _("this moment has not come"), "opened_at")] if moment > act.at else []


def quorum_at_the_opening(subject: Meeting, act: Act) -> list[Problem]:
    """Enough are present to open. Source: rules 3.2."""
    return list(quorum(subject, act.inputs.get("opened_at", act.at)).problems())


def conflicts_are_of_those_present(subject: Meeting, act: Act) -> list[Problem]:
    """Whoever has a conflict of interest stands on the attendance list."""
    known = {one.line for one in attendance_of(subject)} if act.inputs.get("conflicts") else set()
    text = _("the attendance list has no line %(line)s")
    strangers = sorted(set(act.inputs.get("conflicts", ())) - known)
    return [Problem("MTG-14", text % {"line": line}, "conflicts") for line in strangers]


def decision_is_taken_in_session(subject: Meeting, act: Act) -> list[Problem]:
    """The moment lies between the opening and now."""
    moment = act.inputs.get("taken_at", act.at)
    if not act.inputs or _opened_at(subject, act) <= moment <= act.at:
        return []
    return [Problem("MTG-18", _("this moment lies outside the session"), "taken_at")]


def _opened_at(subject: Meeting, act: Act) -> datetime:
    return subject.session_opened_at or act.at


def quorum_at_the_decision(subject: Meeting, act: Act) -> list[Problem]:
    """Enough were present to decide, without those who have a conflict of interest. Source: rules 3.2, 3.8."""
    item = _item(subject, act)
    if item is None or act.inputs.get("result") not in {Result.ADOPTED, Result.NOT_AGREED}:
        return []
    return list(quorum(subject, act.inputs.get("taken_at", act.at), item, act.inputs.get("conflicts", ())).problems())


def adopted_item_can_be_asked(subject: Meeting, act: Act) -> list[Problem]:
    """What is adopted can be put before the co-chairs: its file, its step and all that the step asks for."""
    item = _item(subject, act)
    if item is None or act.inputs.get("result") != Result.ADOPTED:
        return []
    step, inputs = act.inputs.get("subject_step", item.step), inputs_for(item, act.inputs)
    return question_problems(BallotItem(subject_type=item.subject_type, subject_id=item.subject_id, step=step, inputs=inputs))


def _item(subject: Meeting, act: Act) -> AgendaItem | None:
    number = act.inputs.get("item")
    return subject.items.filter(number=number).first() if number else None


def closing_follows_the_decisions(subject: Meeting, act: Act) -> list[Problem]:
    """It closes after it opened and after its last decision, not in the future."""
    moment, last = act.inputs.get("closed_at", act.at), last_taken_at(subject)
    if max(last or _opened_at(subject, act), _opened_at(subject, act)) <= moment <= act.at:
        return []
    return [Problem("MTG-19", _("this is before the last decision, or has not come"), "closed_at" if act.inputs else "")]


def decisions_are_on_a_ballot(subject: Meeting, act: Act) -> list[Problem]:
    """What was adopted stands, once, on a ballot of this meeting before both co-chairs."""
    if not subject.awaits_confirmation:
        return [Problem("MTG-20", _("no decision waits to be put before the co-chairs"))]
    ballot = ballot_of(subject)
    if ballot and list(ballot.items.order_by("number").values_list("title", "taken_at")) == _adopted(subject):
        return []
    return [Problem("MTG-20", _("no ballot of this meeting holds exactly what was adopted; put the decisions from its page"))]


def _adopted(subject: Meeting) -> list[tuple[str, datetime]]:
    return [(item.title, one.taken_at) for item, one in adopted_of(subject)]


# --- The report -----------------------------------------------------------------------------------


def decisions_are_settled(subject: Meeting, act: Act) -> list[Problem]:
    """Each decision was confirmed by both co-chairs, or was not."""
    if subject.awaits_confirmation:
        return [Problem("MTG-21", _("put the decisions before both co-chairs first"))]
    if subject.ballot_id and BallotItem.objects.filter(ballot=subject.ballot_id, outcome="").exists():
        return [Problem("MTG-21", _("a decision still waits for a co-chair"))]
    return []


def revision_is_the_current_one(subject: Meeting, act: Act) -> list[Problem]:
    """One agrees to the report as it stands now."""
    if act.inputs.get("revision") in {None, subject.report_revision}:
        return []
    text = _("the report is at revision %(current)s; read it again")
    return [Problem("MTG-22", text % {"current": subject.report_revision}, "revision")]


def side_has_not_agreed(subject: Meeting, act: Act) -> list[Problem]:
    """Each side's secretariat agrees once to a revision."""
    if AGREES[act.step.key] in subject.agreed_sides:
        return [Problem("MTG-23", _("this side has agreed to this revision already"))]
    return []


def both_secretariats_agree(subject: Meeting, act: Act) -> list[Problem]:
    """The report is published when both have agreed to it as it stands. Source: rules 3.7."""
    if len(subject.agreed_sides) == len(Side):
        return []
    return [Problem("MTG-24", _("both secretariats agree first"))]
