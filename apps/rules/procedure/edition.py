"""Change of the rulebook's edition: proposed, then adopted by the Joint Committee. Source: rules 0.3, 3.11."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.workflow.editions import EDITIONS
from apps.workflow.inputs import Choice, Day, Text
from apps.workflow.table import Procedure, Step


class State(TextChoices):
    """Where a change of edition stands."""

    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSERS = (either(Role.CO_CHAIR), either(Role.SECRETARIAT))
COMMITTEE = (either(Role.COMMITTEE),)
ALL = (either(Role.SECRETARIAT), either(Role.MEMBER), either(Role.GOVERNMENT))
PROPOSED = (State.PROPOSED,)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("3.11", "propose", _("Propose an edition of the rules"), (), State.PROPOSED, PROPOSERS, told=ALL, checks=("edition_is_another",), inputs=("new_edition", "starts_on")),
    Step("3.11", "adopt", _("Adopt the edition of the rules"), PROPOSED, State.ADOPTED, COMMITTEE, told=ALL, checks=("edition_is_another", "edition_starts_no_earlier_than_adopted"), effects=("edition_put_in_force",)),
    Step("3.11", "refuse", _("Refuse the edition of the rules"), PROPOSED, State.REFUSED, COMMITTEE, told=ALL, inputs=("grounds",)),
    Step("3.11", "withdraw", _("Withdraw the proposal"), PROPOSED, State.WITHDRAWN, PROPOSERS, told=ALL, voluntary=True),
)
# fmt: on

PROCEDURE = Procedure(
    key="edition",
    app="rules",
    model="EditionChange",
    title=_("Change of the rulebook's edition"),
    states=State,
    final=frozenset({State.ADOPTED, State.REFUSED, State.WITHDRAWN}),
    tables=dict.fromkeys(("jcm_2013", "jcm_2022", "india_2026"), ROWS),
    inputs={
        "new_edition": Choice("new_edition", _("Edition"), choices=tuple((key, one.title) for key, one in EDITIONS.items())),
        "starts_on": Day("starts_on", _("In force from"), hint=_("Empty: when adopted."), required=False),
        "grounds": Text("grounds", _("Grounds"), lines=4),
    },
)
