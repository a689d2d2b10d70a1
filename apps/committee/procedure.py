"""Ballots of the Joint Committee: electronic decisions, and decisions taken at meetings. Source: rules 3."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.roles import Role, either
from apps.committee.inputs import Answers, Filled, Moment
from apps.committee.kinds import Form
from apps.workflow.inputs import Choice, Day, Number, Text
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
MEMBERS = (either(Role.CO_CHAIR), either(Role.MEMBER))
BY_RULE = (either(Role.CLOCK),)
BY_RULE_OR_AGAIN = (either(Role.CLOCK), either(Role.SECRETARIAT))
ALL = (*MEMBERS, either(Role.SECRETARIAT))

DRAFT = (State.DRAFT,)
RUNNING = (State.CIRCULATED, State.WAITING, State.CONFIRMATION)
WINDOW = (Limit("adoption_window_days"),)

MEETING = ("form", "meeting_no", "place", "held_on")
ITEM = ("subject_type", "subject_id", "subject_step", "inputs", "title", "text", "takes_effect_on", "expires_on", "taken_at")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("3.6", "draft", _("Draft a ballot"), (), State.DRAFT, OPENERS, inputs=MEETING, checks=("meeting_fits_the_form",), effects=("ballot_numbered",)),
    Step("3.6", "add_item", _("Add an item"), DRAFT, None, OPENERS, inputs=ITEM, checks=("item_is_the_committees",), effects=("item_added",)),
    Step("3.6", "remove_item", _("Remove an item"), DRAFT, None, OPENERS, inputs=("item",), checks=("item_is_on_the_ballot",), effects=("item_removed",), voluntary=True),
    Step("3.3", "circulate", _("Circulate to the members"), DRAFT, State.CIRCULATED, OPENERS, told=ALL, checks=("ballot_is_electronic", "act_takes_effect_today", "items_are_the_committees", "seats_are_lawful"), effects=("members_seated",)),
    Step("3.4", "ask_to_confirm", _("Ask both co-chairs to confirm"), DRAFT, State.CONFIRMATION, OPENERS, told=ALL, checks=("ballot_is_not_electronic", "act_takes_effect_today", "items_are_the_committees", "seats_are_lawful"), effects=("members_seated",)),
    Step("3.3", "take_position", _("Take a position"), RUNNING, None, MEMBERS, inputs=("answers",), checks=("act_takes_effect_today", "speaker_holds_a_seat", "speaker_is_heard_now", "answers_are_to_open_items", "reasons_are_given"), effects=("positions_taken",), then=("settle",)),
    Step("3.3", "close_window", _("The window for replies closes"), (State.CIRCULATED,), State.WAITING, BY_RULE, limit=WINDOW, told=ALL, then=("settle",)),
    Step("3.3", "settle", _("Items are adopted or severed"), RUNNING, None, BY_RULE, told=ALL, checks=("an_item_is_determined",), effects=("items_settled",), then=("execute", "close")),
    Step("3.5", "execute", _("Adopted items take effect"), (*RUNNING, State.CLOSED), None, BY_RULE_OR_AGAIN, told=ALL, checks=("an_item_waits_for_effect",), effects=("items_executed",)),
    Step("3.3", "withdraw_item", _("Withdraw an item"), RUNNING, None, OPENERS, told=ALL, inputs=("item",), checks=("item_is_open", "grounds_are_given"), effects=("item_withdrawn",), then=("close",), voluntary=True),
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
        "takes_effect_on": Day("takes_effect_on", _("Takes effect on (empty: when adopted)"), required=False),
        "expires_on": Day("expires_on", _("Last day of effect (empty: none)"), required=False),
        "taken_at": Moment("taken_at", _("Decided at the meeting at (empty: not said)"), required=False),
        "item": Number("item", _("Item"), most=999),
        "answers": Answers("answers", _("Answers")),
    },
)
