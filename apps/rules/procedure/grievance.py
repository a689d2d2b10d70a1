"""Grievances: heard where the edition has a table for them.

No text that was read has a clause on grievances (rules 2.19, Q14). India's edition hears them all the same, by choice of this
system: whoever takes part may complain of an act or of an omission, and the committee answers with reasons.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.workflow.inputs import Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where a grievance stands."""

    LODGED = "lodged", _("Lodged")
    ADMITTED = "admitted", _("Admitted")
    INADMISSIBLE = "inadmissible", _("Inadmissible")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


COMPLAINANTS = (either(Role.PARTICIPANT), either(Role.TPE))
SECRETARIAT = (either(Role.SECRETARIAT),)
COMMITTEE = (either(Role.COMMITTEE),)
MEMBERS = (either(Role.MEMBER),)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.19 [NF]", "lodge", _("Lodge a grievance"), (), State.LODGED, COMPLAINANTS, told=SECRETARIAT, inputs=("about", "statement", "remedy_sought")),
    Step("2.19 [NF]", "admit", _("Admit the grievance"), (State.LODGED,), State.ADMITTED, SECRETARIAT, limit=(Limit("completeness_days"),), told=(*COMPLAINANTS, *MEMBERS), effects=("grievance_numbered",)),
    Step("2.19 [NF]", "find_inadmissible", _("Find the grievance inadmissible"), (State.LODGED,), State.INADMISSIBLE, SECRETARIAT, told=COMPLAINANTS, inputs=("grounds",)),
    Step("2.19 [NF]", "uphold", _("Uphold the grievance"), (State.ADMITTED,), State.UPHELD, COMMITTEE, limit=(Limit("grievance_days"),), told=(*COMPLAINANTS, *SECRETARIAT), inputs=("remedy",)),
    Step("2.19 [NF]", "dismiss", _("Dismiss the grievance"), (State.ADMITTED,), State.DISMISSED, COMMITTEE, told=(*COMPLAINANTS, *SECRETARIAT), inputs=("grounds",)),
    Step("2.19 [NF]", "withdraw", _("Withdraw the grievance"), (State.LODGED, State.ADMITTED), State.WITHDRAWN, COMPLAINANTS, told=(*SECRETARIAT, *MEMBERS), voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="grievance",
    app="rules",
    model="Grievance",
    title=_("Grievance"),
    states=State,
    final=frozenset({State.INADMISSIBLE, State.UPHELD, State.DISMISSED, State.WITHDRAWN}),
    tables={"india_2026": ROWS},
    inputs={
        "about": Text("about", _("Act, decision or omission complained of"), longest=300),
        "statement": Text("statement", _("What happened and why it is wrong"), lines=8),
        "remedy_sought": Text("remedy_sought", _("What is asked for"), lines=4),
        "remedy": Text("remedy", _("Remedy"), lines=4),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
