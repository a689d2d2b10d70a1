"""Findings of a third-party entity: raised, answered and closed, or carried to the next verification."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.roles import Role, either
from apps.documents.kinds import Kind
from apps.findings.inputs import AssessedFile
from apps.findings.kinds import FindingKind, Requirement
from apps.workflow.inputs import Choice, Text
from apps.workflow.table import Procedure, Step


class State(TextChoices):
    """Where a finding stands. Source: rules 2.7, 2.12."""

    RAISED = "raised", _("Waits for a response")
    RESPONDED = "responded", _("Waits for the entity")
    CARRIED = "carried", _("Carried to the next verification")
    CLOSED = "closed", pgettext_lazy("finding", "Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn, raised in error")
    LAPSED = "lapsed", _("Ended with its file")


ENTITY = (either(Role.TPE),)
RESPONDENTS = (either(Role.PARTICIPANT), either(Role.FOCAL_POINT))
SECRETARIAT = (either(Role.SECRETARIAT),)
MEMBERS = (either(Role.MEMBER),)
CLOCK = (either(Role.CLOCK),)

UNSETTLED = (State.RAISED, State.RESPONDED)
OPEN = (*UNSETTLED, State.CARRIED)
RAISED_ABOUT = ("about", "requirement", "finding")
OPENING_CHECKS = ("entity_is_assigned", "file_is_being_assessed", "requirement_is_on_the_form")
OPENING_EFFECTS = ("file_held", "finding_numbered")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.7 2.12", "raise_request", _("Raise a corrective action request or a clarification request"), (), State.RAISED, ENTITY, told=(*RESPONDENTS, *SECRETARIAT), checks=OPENING_CHECKS, inputs=("kind", *RAISED_ABOUT), effects=OPENING_EFFECTS),
    Step("2.7 2.12", "raise_forward", _("Raise a forward action request"), (), State.CARRIED, ENTITY, told=(*RESPONDENTS, *SECRETARIAT, *MEMBERS), checks=OPENING_CHECKS, inputs=RAISED_ABOUT, effects=OPENING_EFFECTS),
    Step("2.7 2.12", "respond", _("Respond to the finding"), (State.RAISED,), State.RESPONDED, RESPONDENTS, told=ENTITY, inputs=("response",)),
    Step("2.7 2.12", "respond_with_evidence", _("Respond to the finding with evidence"), (State.RAISED,), State.RESPONDED, RESPONDENTS, documents=(Kind.FINDING_EVIDENCE,), told=ENTITY, inputs=("response",), voluntary=True),
    Step("2.7 2.12", "send_back", _("Send the response back"), (State.RESPONDED,), State.RAISED, ENTITY, told=RESPONDENTS, inputs=("missing",)),
    Step("2.7 2.12", "close", _("Close the finding"), (State.RESPONDED,), State.CLOSED, ENTITY, told=(*RESPONDENTS, *SECRETARIAT), inputs=("conclusion",)),
    Step("2.12", "take_up", _("Take up at a verification"), OPEN, State.RAISED, CLOCK, told=(*ENTITY, *RESPONDENTS), checks=("finding_is_a_forward", "verification_is_named"), inputs=("taken_up_by",), voluntary=True),
    Step("2.12", "carry_on", _("Carry on to the next verification"), UNSETTLED, State.CARRIED, ENTITY, told=(*RESPONDENTS, *SECRETARIAT, *MEMBERS), checks=("finding_is_a_forward",), inputs=("statement",), voluntary=True),
    Step("2.7 2.12", "withdraw", _("Withdraw the finding, raised in error"), OPEN, State.WITHDRAWN, ENTITY, told=(*RESPONDENTS, *SECRETARIAT), inputs=("grounds",), voluntary=True),
    Step("2.7 2.12", "lapse", _("Its file has ended"), OPEN, State.LAPSED, CLOCK, told=(*ENTITY, *RESPONDENTS), voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="finding",
    app="findings",
    model="Finding",
    title=_("Finding of a third-party entity"),
    states=State,
    final=frozenset({State.CLOSED, State.WITHDRAWN, State.LAPSED}),
    tables={"jcm_2013": ROWS, "jcm_2022": ROWS, "india_2026": ROWS},
    inputs={
        "about": AssessedFile("about", _("Project or round")),
        "kind": Choice("kind", _("Kind"), choices=tuple((one.value, one.label) for one in (FindingKind.CAR, FindingKind.CL))),
        "requirement": Choice(
            "requirement", _("Requirement of the form"), choices=tuple((str(one.value), one.label) for one in Requirement)
        ),
        "finding": Text("finding", _("Finding"), lines=6),
        "response": Text("response", _("Response"), lines=6),
        "missing": Text("missing", _("What is missing"), lines=4),
        "conclusion": Text("conclusion", _("Conclusion"), lines=4),
        "statement": Text("statement", _("Why it is carried on"), lines=4),
        "grounds": Text("grounds", _("Grounds"), lines=4),
        # The rule fills it in when a verifier accepts a round.
        "taken_up_by": AssessedFile("taken_up_by", _("Round"), required=False),
    },
)
