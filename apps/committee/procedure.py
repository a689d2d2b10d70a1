"""Ballots of the Joint Committee: electronic decisions, and decisions taken at meetings. Source: rules 3."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.roles import Role, either
from apps.committee.inputs import Answers, Filled, Moment
from apps.committee.kinds import Form
from apps.documents.kinds import Kind
from apps.workflow.inputs import Choice, Day, Entity, Number, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where a ballot stands. Source: rules 3.3, 3.4."""

    DRAFT = "draft", _("Draft")
    CIRCULATED = "circulated", _("Circulated to the members")
    WAITING = "waiting", _("Waits for a co-chair")
    CONFIRMATION = "confirmation", _("Before both co-chairs for confirmation")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPENERS = (either(Role.CO_CHAIR), either(Role.SECRETARIAT))
MEMBERS = (either(Role.CO_CHAIR), either(Role.MEMBER), either(Role.ALTERNATE))
SEATED = (either(Role.CO_CHAIR), either(Role.MEMBER))
SCRIBES = (either(Role.SECRETARIAT),)
BY_RULE = (either(Role.CLOCK),)
BY_RULE_OR_AGAIN = (either(Role.CLOCK), either(Role.SECRETARIAT))
ALL = (*MEMBERS, either(Role.SECRETARIAT), either(Role.AUTHORITY))

DRAFT = (State.DRAFT,)
BEFORE_MEMBERS = (State.CIRCULATED, State.WAITING)
RUNNING = (*BEFORE_MEMBERS, State.CONFIRMATION)
UNTIL_THE_END = (*RUNNING, State.CLOSED)
WINDOW = (Limit("adoption_window_days", since="window_from_on", extends=False),)
SCAN = (Kind.REPLY,)

MEETING = ("form", "meeting_no", "place", "held_on")
ITEM = (
    "subject_type",
    "subject_id",
    "subject_step",
    "inputs",
    "title",
    "text",
    "takes_effect_on",
    "expires_on",
    "taken_at",
    "corrects",
)
AMENDMENT = ("item", "new_title", "new_text", "new_inputs", "takes_effect_on", "expires_on")
# fmt: off
SAID = ("act_takes_effect_today", "speaker_holds_a_seat", "credential_may_decide", "alternate_acts_in_scope", "speaker_is_heard_now", "answers_are_to_open_items", "text_is_the_one_read", "nobody_answered_meanwhile", "no_conflict_is_declared", "reasons_are_given")
ON_PAPER = ("act_takes_effect_today", "seat_is_of_own_side", "reply_was_received", "member_held_office_then", "scan_is_new", "speaker_is_heard_now", "answers_are_to_open_items", "no_conflict_is_declared", "reasons_are_given")

ROWS: tuple[Step, ...] = (
    Step("3.6", "draft", _("Draft a ballot"), (), State.DRAFT, OPENERS, inputs=MEETING, checks=("meeting_fits_the_form",), effects=("ballot_numbered",)),
    Step("3.6", "add_item", _("Add an item"), DRAFT, None, OPENERS, inputs=ITEM, checks=("item_is_the_committees", "corrected_item_is_adopted"), effects=("item_added",)),
    Step("3.6", "remove_item", _("Remove an item"), DRAFT, None, OPENERS, inputs=("item",), checks=("item_is_on_the_ballot",), effects=("item_removed",), voluntary=True),
    Step("3.3", "circulate", _("Circulate to the members"), DRAFT, State.CIRCULATED, OPENERS, told=ALL, checks=("ballot_is_electronic", "act_takes_effect_today", "items_are_the_committees", "seats_are_lawful"), effects=("members_seated", "items_put")),
    Step("3.4", "ask_to_confirm", _("Ask both co-chairs to confirm"), DRAFT, State.CONFIRMATION, OPENERS, told=ALL, checks=("ballot_is_not_electronic", "act_takes_effect_today", "items_are_the_committees", "seats_are_lawful"), effects=("members_seated", "items_put")),
    Step("3.3", "take_position", _("Take a position"), RUNNING, None, MEMBERS, inputs=("answers", "seen"), checks=SAID, effects=("positions_taken",), then=("settle",)),
    Step("3.3", "record_reply", _("Record a reply received on paper"), RUNNING, None, SCRIBES, documents=SCAN, told=SEATED, inputs=("seat", "answers", "received_on"), checks=ON_PAPER, effects=("reply_recorded",), then=("settle",), voluntary=True),
    Step("3.3", "confirm_reply", _("Confirm a reply recorded on paper"), UNTIL_THE_END, None, SEATED, checks=("a_reply_waits_for_its_member",), effects=("reply_confirmed",), voluntary=True),
    Step("3.3", "reply_late", _("A late reply is kept as a comment"), UNTIL_THE_END, None, MEMBERS, inputs=("answers",), checks=("speaker_holds_a_seat", "alternate_acts_in_scope", "reply_is_late"), effects=("late_reply_kept",), voluntary=True),
    Step("3.3", "amend_item", _("Amend the text of an item"), BEFORE_MEMBERS, State.CIRCULATED, OPENERS, told=ALL, inputs=AMENDMENT, checks=("act_takes_effect_today", "item_is_open", "grounds_are_given", "amendment_is_the_committees", "amendment_changes_something"), effects=("item_amended",), voluntary=True, restarts=True),
    Step("3.3", "renew_papers", _("New papers restart the window of an item"), BEFORE_MEMBERS, State.CIRCULATED, BY_RULE, told=ALL, checks=("papers_have_changed",), effects=("papers_renewed",), voluntary=True, restarts=True),
    Step("3.3", "close_window", _("The window for replies closes"), (State.CIRCULATED,), State.CIRCULATED, BY_RULE, limit=WINDOW, told=ALL, effects=("windows_closed",), then=("settle", "await_co_chairs"), restarts=True),
    Step("3.3", "settle", _("Items are adopted or severed"), RUNNING, None, BY_RULE, told=ALL, checks=("an_item_is_determined",), effects=("items_settled",), then=("execute", "close", "await_co_chairs")),
    Step("3.3", "await_co_chairs", _("What is open waits for a co-chair"), (State.CIRCULATED,), State.WAITING, BY_RULE, told=ALL, checks=("no_window_runs",), voluntary=True),
    Step("3.5", "execute", _("Adopted items take effect"), UNTIL_THE_END, None, BY_RULE_OR_AGAIN, told=ALL, checks=("an_item_waits_for_effect",), effects=("items_executed",)),
    Step("3.3", "withdraw_item", _("Withdraw an item"), RUNNING, None, OPENERS, told=ALL, inputs=("item",), checks=("item_is_open", "grounds_are_given"), effects=("item_withdrawn",), then=("close", "await_co_chairs"), voluntary=True),
    Step("3.3", "defer_item", _("Defer an item to a meeting"), BEFORE_MEMBERS, None, OPENERS, told=ALL, inputs=("item",), checks=("item_is_open", "grounds_are_given"), effects=("item_deferred",), then=("close", "await_co_chairs"), voluntary=True),
    Step("3.6", "close", _("Close the ballot"), RUNNING, State.CLOSED, BY_RULE, told=ALL, checks=("every_item_has_an_outcome",)),
    Step("3.3", "withdraw", _("Withdraw the ballot"), (*DRAFT, *RUNNING), State.WITHDRAWN, OPENERS, told=ALL, checks=("nothing_is_adopted",), effects=("open_items_withdrawn",), voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="ballot",
    app="committee",
    model="Ballot",
    title=_("Decision of the Joint Committee"),
    states=State,
    final=frozenset({State.CLOSED, State.WITHDRAWN}),
    tables={"jcm_2013": ROWS, "jcm_2022": ROWS, "india_2026": ROWS},
    inputs={
        "form": Choice("form", _("Form"), choices=tuple(Form.choices)),
        "meeting_no": Number("meeting_no", _("Number of the meeting"), required=False, most=999),
        "place": Text("place", _("Place"), required=False),
        "held_on": Day("held_on", _("Day of the meeting"), required=False),
        "subject_type": Text("subject_type", _("Procedure"), required=False),
        "subject_id": Number("subject_id", pgettext_lazy("case", "File"), required=False, most=2**63 - 1),
        "subject_step": Text("subject_step", _("Step"), required=False),
        "inputs": Filled("inputs", _("What the step asks for"), required=False),
        "title": Text("title", _("Question")),
        "text": Text("text", _("Text of the draft decision"), required=False, lines=8),
        "takes_effect_on": Day("takes_effect_on", _("Takes effect on"), hint=_("Empty: when adopted."), required=False),
        "expires_on": Day("expires_on", _("Last day of effect"), hint=_("Empty: none."), required=False),
        "taken_at": Moment("taken_at", _("Decided at the meeting at"), hint=_("Empty: not said."), required=False),
        "corrects": Text(
            "corrects",
            _("Corrects"),
            required=False,
            hint=_("Number of the decision and of its item, for example JC-IN-2026-012/3."),
        ),
        "new_title": Text("new_title", _("New question"), hint=_("Empty: as it stands."), required=False, longest=300),
        "new_text": Text(
            "new_text", _("New text of the draft decision"), hint=_("Empty: as it stands."), required=False, lines=8
        ),
        "new_inputs": Filled("new_inputs", _("What the step asks for, anew"), hint=_("Empty: as it stands."), required=False),
        "item": Number("item", _("Item"), most=999),
        "answers": Answers("answers", _("Answers")),
        "seen": Number("seen", _("Last answer seen"), required=False, least=0, most=2**63 - 1),
        "seat": Entity("seat", _("Whose reply"), model="accounts.Membership"),
        "received_on": Day("received_on", _("Received on")),
    },
)
