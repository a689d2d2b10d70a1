"""Declarations of methodologies: proposed by the secretariat of one side, in use once that of the other side agrees.

No clause was found: the approved text is what the committee decided, and that both sides' secretariats say which formulas
it has, before the site calculates by them, is this system's choice (rules 4.2, 4.11, 4.12).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.monitoring.inputs import DeclarationText
from apps.workflow.inputs import Entity, Text
from apps.workflow.table import Procedure, Step


class State(TextChoices):
    """Where a declaration stands."""

    PROPOSED = "proposed", _("Proposed, before the other side")
    IN_USE = "in_use", _("In use")
    REPLACED = "replaced", _("Replaced by a later one")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SECRETARIATS = (either(Role.SECRETARIAT),)
BY_RULE = (either(Role.CLOCK),)
PROPOSED = (State.PROPOSED,)
OTHER = ("other_side_answers",)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("4.2 4.12 [NF]", "propose", _("Propose the declaration of a methodology"), (), State.PROPOSED, SECRETARIATS, told=SECRETARIATS, checks=("declaration_is_new",), inputs=("methodology_version", "declared", "grounds")),
    Step("4.2 4.12 [NF]", "agree", _("Agree to the declaration"), PROPOSED, State.IN_USE, SECRETARIATS, told=SECRETARIATS, checks=(*OTHER, "declaration_is_new"), effects=("earlier_one_replaced",)),
    Step("4.2 4.12 [NF]", "decline", _("Decline the declaration"), PROPOSED, State.DECLINED, SECRETARIATS, told=SECRETARIATS, checks=OTHER, inputs=("grounds",)),
    Step("4.2 4.12 [NF]", "withdraw", _("Withdraw the proposed declaration"), PROPOSED, State.WITHDRAWN, SECRETARIATS, told=SECRETARIATS, checks=("own_side_withdraws",), voluntary=True),
    Step("4.2 4.12 [NF]", "replace", _("Replaced by a later declaration"), (State.IN_USE,), State.REPLACED, BY_RULE, told=SECRETARIATS, voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="method_declaration",
    app="monitoring",
    model="MethodDeclaration",
    title=_("Declaration of a methodology"),
    states=State,
    final=frozenset({State.REPLACED, State.DECLINED, State.WITHDRAWN}),
    tables=dict.fromkeys(("jcm_2013", "jcm_2022", "india_2026"), ROWS),
    inputs={
        "methodology_version": Entity("methodology_version", _("Approved version"), model="methodologies.MethodologyVersion"),
        "declared": DeclarationText("declared", _("Parameters and formulas")),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
