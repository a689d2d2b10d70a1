"""A small procedure that has one of everything: for tests of the engine and of the committee."""

from __future__ import annotations

from django.db.models import TextChoices

from apps.accounts.roles import Role, either, host, japan
from apps.documents.kinds import Kind
from apps.workflow.inputs import Choice, Day, Text, Tonnes
from apps.workflow.table import Limit, Procedure, Step

COLOURS = (("blue", "Blue"), ("green", "Green"), ("scarlet", "Scarlet"))


class State(TextChoices):
    """Where a probe stands."""

    LODGED = "lodged", "Lodged"
    INPUTS = "inputs", "Open for inputs"
    APPROVAL = "approval", "Before the governments"
    COMMITTEE = "committee", "Before the committee"
    REGISTERED = "registered", "Registered"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


LODGED, INPUTS, APPROVAL, COMMITTEE = State.LODGED, State.INPUTS, State.APPROVAL, State.COMMITTEE
BEFORE_THE_DECISION = (LODGED, INPUTS, APPROVAL, COMMITTEE)
PP, SEC, CLOCK, JC = either(Role.PARTICIPANT), either(Role.SECRETARIAT), either(Role.CLOCK), either(Role.COMMITTEE)
HOST, JAPAN = host(Role.GOVERNMENT), japan(Role.GOVERNMENT)

# fmt: off
ROWS: tuple[Step, ...] = (
    #    clause  key              title                       source                 target            who
    Step("P 1",  "lodge",         "Lodge a probe",            (),                    LODGED,           (PP, SEC)),
    Step("P 2",  "complete",      "Find it complete",         (LODGED,),             INPUTS,           (SEC,), documents=(Kind.PDD,), limit=(Limit("completeness_days"),), told=(PP,)),
    Step("P 3",  "note",          "Note a remark",            (LODGED, INPUTS),      None,             (SEC, PP), inputs=("remark",), voluntary=True),
    Step("P 4",  "close_inputs",  "Close the inputs",         (INPUTS,),             APPROVAL,         (CLOCK,), limit=(Limit("methodology_inputs_days", both_ends=True),)),
    Step("P 5a", "approve_host",  "Approve (host)",           (APPROVAL,),           None,             (HOST,), checks=("host_has_not_approved",), then=("forward",)),
    Step("P 5b", "approve_japan", "Approve (Japan)",          (APPROVAL,),           None,             (JAPAN,), checks=("japan_has_not_approved",), then=("forward",)),
    Step("P 6",  "forward",       "Put before the committee", (APPROVAL,),           COMMITTEE,        (CLOCK,), checks=("both_governments_have_approved",)),
    Step("P 7",  "register",      "Register the probe",       (COMMITTEE,),          State.REGISTERED, (JC,), inputs=("tonnes", "colour", "starts_on"), checks=("predecessor_is_registered",), effects=("number_taken",), limit=(Limit("consideration_days", since="lodged_on"),)),
    Step("P 8",  "reject",        "Reject the probe",         (COMMITTEE,),          State.REJECTED,   (JC,)),
    Step("P 9",  "withdraw",      "Withdraw the probe",       BEFORE_THE_DECISION,   State.WITHDRAWN,  (PP,), voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="probe",
    app="probe",
    model="Probe",
    title="Probe",
    states=State,
    final=frozenset({State.REGISTERED, State.REJECTED, State.WITHDRAWN}),
    tables={"jcm_2013": ROWS, "india_2026": ROWS},
    inputs={
        "remark": Text("remark", "Remark"),
        "tonnes": Tonnes("tonnes", "Tonnes"),
        "colour": Choice("colour", "Colour", required=False, choices=COLOURS),
        "starts_on": Day("starts_on", "Starts on", required=False),
    },
)
