"""Public inputs: received while a window is open, published or withheld, answered."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.public_inputs.kinds import Ground
from apps.workflow.inputs import Choice, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where a public input stands. Source: rules 2.2, 2.5; that a secretariat looks at it first is our choice."""

    RECEIVED = "received", _("Received, waits for the secretariat")
    PUBLISHED = "published", _("Published, waits for an answer")
    WITHHELD = "withheld", _("Withheld, the other side may object")
    DISPUTED = "disputed", _("Disputed between the secretariats")
    ANSWERED = "answered", _("Published and answered")
    SET_ASIDE = "set_aside", _("Withheld")
    LAPSED = "lapsed", _("Ended with its file")


SECRETARIAT = (either(Role.SECRETARIAT),)
RESPONDENTS = (either(Role.PROPONENT), either(Role.PARTICIPANT), either(Role.FOCAL_POINT))
MEMBERS = (either(Role.MEMBER),)
VERIFIER = (either(Role.TPE),)
CLOCK = (either(Role.CLOCK),)

UNDECIDED = (State.RECEIVED, State.DISPUTED)
# What stands in the way of a decision about the file.
UNANSWERED = (*UNDECIDED, State.PUBLISHED)
# What everybody reads.
OPEN_TO_ALL = (State.PUBLISHED, State.ANSWERED)

MODERATION = (Limit("input_moderation_days"),)
OBJECTION = (Limit("input_objection_days"),)
ANSWER = (Limit("input_answer_days"),)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.2 2.5", "receive", _("Receive a public input"), (), State.RECEIVED, CLOCK, checks=("call_is_open",), effects=("call_held", "input_numbered")),
    Step("2.2 2.5", "enter", _("Enter a public input that came by letter"), (), State.RECEIVED, SECRETARIAT, checks=("call_is_open",), effects=("call_held", "input_numbered")),
    Step("2.2 2.5", "publish", _("Publish the input"), UNDECIDED, State.PUBLISHED, SECRETARIAT, limit=MODERATION, told=(*RESPONDENTS, *VERIFIER, *MEMBERS), checks=("other_side_gives_way",)),
    Step("2.2 2.5", "withhold", _("Withhold the input"), UNDECIDED, State.WITHHELD, SECRETARIAT, told=SECRETARIAT, checks=("other_side_gives_way",), inputs=("ground", "grounds")),
    Step("2.2 2.5", "dispute", _("Object to what the other side’s secretariat has decided"), (State.PUBLISHED, State.WITHHELD), State.DISPUTED, SECRETARIAT, told=SECRETARIAT, checks=("other_side_has_decided",), inputs=("objection",), voluntary=True),
    Step("2.2 2.5", "stand", _("No objection came in time"), (State.WITHHELD,), State.SET_ASIDE, CLOCK, limit=OBJECTION, told=SECRETARIAT),
    Step("2.2 2.5", "respond", _("Answer the input"), (State.PUBLISHED,), State.ANSWERED, RESPONDENTS, limit=ANSWER, told=(*SECRETARIAT, *MEMBERS, *VERIFIER), inputs=("answer",)),
    Step("2.2 2.5", "respond_in_place", _("Answer the input in place of those who propose"), (State.PUBLISHED,), State.ANSWERED, SECRETARIAT, told=(*RESPONDENTS, *MEMBERS, *VERIFIER), inputs=("answer",)),
    Step("2.2 2.15", "lapse", _("Its file has ended"), UNANSWERED, State.LAPSED, CLOCK, told=SECRETARIAT, voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="public_input",
    app="public_inputs",
    model="PublicInput",
    title=_("Public input"),
    states=State,
    final=frozenset({State.ANSWERED, State.SET_ASIDE, State.LAPSED}),
    tables=dict.fromkeys(("jcm_2013", "jcm_2022", "india_2026"), ROWS),
    inputs={
        "ground": Choice("ground", _("Why it is withheld"), hint=_("This is published."), choices=tuple(Ground.choices)),
        "grounds": Text(
            "grounds",
            _("Grounds"),
            hint=_("Both secretariats, the committee and those who propose read this. Do not repeat what is withheld."),
            lines=4,
        ),
        "objection": Text("objection", _("Why your side objects"), lines=4),
        "answer": Text("answer", _("Answer"), hint=_("This is published beside the input."), lines=8, longest=5_000),
    },
)
