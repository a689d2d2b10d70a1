"""Special measures: a rule set aside for a time, by a published decision with conditions. Source: rules 2.20."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.rules.kinds import Waives
from apps.workflow.inputs import Choice, Day, Text
from apps.workflow.table import Procedure, Step


class State(TextChoices):
    """Where a special measure stands; whether it applies on a day is told by its windows."""

    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    REPEALED = "repealed", _("Repealed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSERS = (either(Role.CO_CHAIR), either(Role.SECRETARIAT))
COMMITTEE = (either(Role.COMMITTEE),)
ALL = (either(Role.TPE), either(Role.SECRETARIAT), either(Role.MEMBER))
PROPOSED, ADOPTED = (State.PROPOSED,), (State.ADOPTED,)
WINDOW = ("starts_on", "ends_on")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.20", "propose", _("Propose a special measure"), (), State.PROPOSED, PROPOSERS, told=ALL, checks=("window_is_in_order",), inputs=("rule", "waives", *WINDOW, "conditions", "duty")),
    Step("2.20", "adopt", _("Adopt the special measure"), PROPOSED, State.ADOPTED, COMMITTEE, told=ALL, effects=("measure_numbered", "window_opened")),
    Step("2.20", "refuse", _("Refuse the special measure"), PROPOSED, State.REFUSED, COMMITTEE, told=ALL, inputs=("grounds",)),
    Step("2.20", "extend", _("Extend the special measure"), ADOPTED, None, COMMITTEE, told=ALL, checks=("window_is_in_order", "extension_ends_later"), inputs=WINDOW, effects=("window_opened",), voluntary=True),
    Step("2.20", "repeal", _("Repeal the special measure"), ADOPTED, State.REPEALED, COMMITTEE, told=ALL, inputs=("grounds",), voluntary=True),
    Step("2.20", "withdraw", _("Withdraw the proposal"), PROPOSED, State.WITHDRAWN, PROPOSERS, told=ALL, voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="measure",
    app="rules",
    model="SpecialMeasure",
    title=_("Special measure"),
    states=State,
    # An adopted measure rests there: its windows end by their dates, and nobody has to end it.
    final=frozenset({State.REPEALED, State.REFUSED, State.WITHDRAWN}),
    tables=dict.fromkeys(("jcm_2013", "jcm_2022", "india_2026"), ROWS),
    inputs={
        "rule": Text("rule", _("Rule from which it departs, with its paragraph"), longest=200),
        "waives": Choice("waives", _("What it sets aside"), choices=tuple((one.value, one.label) for one in Waives)),
        "starts_on": Day("starts_on", _("First day")),
        "ends_on": Day("ends_on", _("Last day")),
        "conditions": Text("conditions", _("Conditions"), lines=4),
        "duty": Text("duty", _("What the report must describe and justify"), lines=4),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
