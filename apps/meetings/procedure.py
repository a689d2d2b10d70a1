"""Meetings of the Joint Committee: plan, agenda, session, report. Source: rules 3.2, 3.4, 3.7."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.roles import Role, either, host, japan
from apps.committee.inputs import Filled, Moment
from apps.meetings.inputs import CLOCKS, TimeOfDay
from apps.meetings.kinds import Manner, Mode, Result
from apps.workflow.inputs import Choice, Day, Entity, Number, Numbers, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where a meeting stands. Source: rules 3.4, 3.7."""

    PLANNED = "planned", _("Planned, its agenda a draft")
    ANNOUNCED = "announced", _("Announced")
    IN_SESSION = "in_session", _("In session")
    HELD = "held", pgettext_lazy("meeting", "Held")
    REPORTED = "reported", _("Report before both secretariats")
    PUBLISHED = "published", _("Report published")
    CANCELLED = "cancelled", _("Cancelled")


OPENERS = (either(Role.CO_CHAIR), either(Role.SECRETARIAT))
SECRETARIAT = (either(Role.SECRETARIAT),)
CLOCK = (either(Role.CLOCK),)
ALL = (either(Role.CO_CHAIR), either(Role.MEMBER), either(Role.ALTERNATE), either(Role.SECRETARIAT))

AHEAD = (State.PLANNED, State.ANNOUNCED)
ATTENDED = (State.ANNOUNCED, State.IN_SESSION)
REMARKED = (State.IN_SESSION, State.HELD, State.REPORTED)

PLAN = ("held_on", "starts_at", "zone", "mode", "place", "papers_due_on")
PLAN_CHECKS = ("day_is_ahead", "place_fits_the_mode", "papers_come_in_time")
ITEM = ("subject_type", "subject_id", "subject_step", "inputs", "item_title", "text", "deferred_from")
ITEM_CHECKS = ("item_can_be_asked", "deferred_item_waits")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("3.4", "plan", _("Plan a meeting"), (), State.PLANNED, OPENERS, inputs=("number", *PLAN), checks=PLAN_CHECKS, effects=("meeting_numbered",)),
    Step("3.4", "amend", _("Change day, time or place"), AHEAD, None, OPENERS, told=ALL, inputs=PLAN, checks=(*PLAN_CHECKS, "announced_day_is_not_brought_forward"), voluntary=True),
    Step("3.4", "add_item", _("Put an item on the agenda"), AHEAD, None, OPENERS, inputs=ITEM, checks=ITEM_CHECKS, effects=("item_added",), voluntary=True),
    Step("3.4", "move_item", _("Move an item of the agenda"), AHEAD, None, OPENERS, inputs=("item", "to"), checks=("item_is_on_the_agenda", "place_is_on_the_agenda"), effects=("item_moved",), voluntary=True),
    Step("3.4", "remove_item", _("Take an item off the agenda"), AHEAD, None, OPENERS, inputs=("item",), checks=("item_is_on_the_agenda", "announced_agenda_keeps_an_item"), effects=("item_removed",), voluntary=True),
    Step("3.4", "announce", _("Announce the meeting, with agenda and papers"), (State.PLANNED,), State.ANNOUNCED, OPENERS, told=ALL, checks=("agenda_has_items", "notice_is_kept"), effects=("papers_listed",)),
    Step("3.2", "record_attendance", _("Record who attends"), ATTENDED, None, SECRETARIAT, inputs=("membership", "name", "organisation", "manner", "from_at"), checks=("attendee_is_named", "attendee_sits_today", "arrival_is_on_the_day"), effects=("attendance_recorded",), voluntary=True),
    Step("3.2", "record_departure", _("Record who leaves"), ATTENDED, None, SECRETARIAT, inputs=("line", "until_at"), checks=("line_is_present", "departure_follows_arrival"), effects=("departure_recorded",), voluntary=True),
    Step("3.2 3.4", "open_meeting", _("Open the meeting"), (State.ANNOUNCED,), State.IN_SESSION, OPENERS, told=ALL, inputs=("opened_at",), checks=("meeting_opens_on_its_day", "quorum_at_the_opening")),
    Step("3.4", "add_late_item", _("Add an item in session, with consent"), (State.IN_SESSION,), None, OPENERS, inputs=(*ITEM, "consent"), checks=ITEM_CHECKS, effects=("item_added",), voluntary=True),
    Step("3.2 3.4", "take_decision", _("Record what was decided on an item"), (State.IN_SESSION,), None, OPENERS, inputs=("item", "result", "taken_at", "subject_step", "inputs", "text", "conflicts"), checks=("item_is_on_the_agenda", "conflicts_are_of_those_present", "decision_is_taken_in_session", "quorum_at_the_decision", "adopted_item_can_be_asked"), effects=("resolution_taken",), voluntary=True),
    Step("3.4", "close_meeting", _("Close the meeting"), (State.IN_SESSION,), State.HELD, OPENERS, told=ALL, inputs=("closed_at",), checks=("closing_follows_the_decisions",), effects=("decisions_counted",)),
    Step("3.4", "put_decisions", _("Put the decisions before both co-chairs"), (State.HELD,), None, OPENERS, told=ALL, checks=("decisions_are_on_a_ballot",), effects=("ballot_named",)),
    Step("3.7", "remark", _("Add a remark for the report"), REMARKED, None, SECRETARIAT, told=SECRETARIAT, inputs=("item", "remark"), checks=("item_is_on_the_agenda",), effects=("remark_kept",), voluntary=True),
    Step("3.7", "draft_report", _("Draft the report"), (State.HELD,), State.REPORTED, SECRETARIAT, limit=(Limit("meeting_report_days"),), told=ALL, checks=("decisions_are_settled",), effects=("report_drafted",)),
    Step("3.7", "return_report", _("Take the draft report back"), (State.REPORTED,), State.HELD, SECRETARIAT, told=SECRETARIAT, inputs=("grounds",), voluntary=True),
    Step("3.7", "agree_report_host", _("Agree to the report for the partner country"), (State.REPORTED,), None, (host(Role.SECRETARIAT),), told=SECRETARIAT, inputs=("revision",), checks=("revision_is_the_current_one", "side_has_not_agreed"), effects=("agreement_kept",), then=("publish_report",)),
    Step("3.7", "agree_report_japan", _("Agree to the report for Japan"), (State.REPORTED,), None, (japan(Role.SECRETARIAT),), told=SECRETARIAT, inputs=("revision",), checks=("revision_is_the_current_one", "side_has_not_agreed"), effects=("agreement_kept",), then=("publish_report",)),
    Step("3.7", "publish_report", _("The report is published"), (State.REPORTED,), State.PUBLISHED, CLOCK, told=ALL, checks=("both_secretariats_agree",)),
    Step("3.4", "cancel", _("Cancel the meeting"), AHEAD, State.CANCELLED, OPENERS, told=ALL, inputs=("grounds",), voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="meeting",
    app="meetings",
    model="Meeting",
    title=_("Meeting of the Joint Committee"),
    states=State,
    final=frozenset({State.PUBLISHED, State.CANCELLED}),
    tables={"jcm_2013": ROWS, "jcm_2022": ROWS, "india_2026": ROWS},
    inputs={
        "number": Number(
            "number", _("Number of the meeting"), hint=_("Leave empty for the next number."), required=False, most=999
        ),
        "held_on": Day("held_on", _("Day of the meeting")),
        "starts_at": TimeOfDay("starts_at", _("Begins at")),
        "zone": Choice("zone", _("In the time of"), choices=CLOCKS),
        "mode": Choice("mode", _("How it is held"), choices=tuple(Mode.choices)),
        "place": Text("place", _("Place"), required=False, longest=120),
        "papers_due_on": Day("papers_due_on", _("Papers are due on"), hint=_("Empty: as the rules say."), required=False),
        "subject_type": Text("subject_type", _("Procedure"), required=False, longest=40),
        "subject_id": Number("subject_id", pgettext_lazy("case", "File"), required=False, most=2**63 - 1),
        "subject_step": Text("subject_step", _("Step"), required=False, longest=40),
        "inputs": Filled("inputs", _("What the step asks for"), required=False),
        "item_title": Text("item_title", _("Question or topic"), longest=300),
        "text": Text("text", _("Text of the draft decision"), required=False, lines=8),
        "deferred_from": Text("deferred_from", _("Deferred from ballot and item"), required=False, longest=60),
        "consent": Text("consent", _("Who consented to the addition, and how"), longest=300),
        "item": Number("item", _("Item of the agenda"), most=999),
        "to": Number("to", _("New place on the agenda"), most=999),
        "membership": Entity("membership", _("Who"), required=False, model="accounts.Membership"),
        "name": Text("name", _("Name of a guest"), required=False, longest=120),
        "organisation": Text("organisation", _("Organisation of the guest"), required=False, longest=200),
        "manner": Choice("manner", _("How they attend"), choices=tuple(Manner.choices)),
        "from_at": Moment("from_at", _("Present from"), hint=_("Empty: now."), required=False),
        "line": Number("line", _("Line of the attendance list"), most=999),
        "until_at": Moment("until_at", _("Present until"), hint=_("Empty: now."), required=False),
        "opened_at": Moment("opened_at", _("Opened at"), hint=_("Empty: now."), required=False),
        "result": Choice("result", _("What was decided"), choices=tuple(Result.choices)),
        "taken_at": Moment("taken_at", _("Decided at"), hint=_("Empty: now."), required=False),
        "conflicts": Numbers("conflicts", _("Lines of the attendance list with a conflict of interest"), required=False),
        "closed_at": Moment("closed_at", _("Closed at"), hint=_("Empty: now."), required=False),
        "remark": Text("remark", _("Remark"), lines=6),
        "revision": Number("revision", _("Revision of the report"), most=9999),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
