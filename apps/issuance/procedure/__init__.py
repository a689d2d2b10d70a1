"""The procedure of a round: monitoring, verification, request, decision, issuance by each side."""

from django.utils.translation import gettext_lazy as _

from apps.completeness.inputs import outcomes
from apps.completeness.kinds import SIGNED, Item, dossier
from apps.issuance.procedure import india_2026, jcm_2013, jcm_2022
from apps.issuance.procedure.states import CLAIMING, FINAL, INPUTS, State
from apps.workflow.editions import Mark
from apps.workflow.table import Procedure

__all__ = ["CLAIMING", "PROCEDURE", "State"]

TABLES = {"jcm_2013": jcm_2013.ROWS, "jcm_2022": jcm_2022.ROWS, "india_2026": india_2026.ROWS}
# What the completeness check of a request for issuance looks at. Source: rules 2.14, 4.13, P06.
JUDGED = (
    Item("signed", SIGNED, "4.13", Mark.RECALLED),
    Item("period", _("The monitoring period is stated"), "4.13", Mark.RECALLED, filled=("period_starts_on", "period_ends_on")),
    Item("amount", _("The verified amount is stated"), "4.13", Mark.RECALLED, filled=("verified_tonnes",)),
    Item("accounts", _("Account numbers and the split among the holders are stated"), "4.13", Mark.RECALLED),
    Item("single_claim", _("It is declared that the reductions are not claimed elsewhere"), "4.13", Mark.RECALLED),
)
LISTS = {edition: (*dossier(rows, "request_issuance", "2.14", Mark.RECALLED), *JUDGED) for edition, rows in TABLES.items()}

PROCEDURE = Procedure(
    key="round",
    app="issuance",
    model="Round",
    title=_("Issuance round"),
    states=State,
    final=FINAL,
    tables=TABLES,
    inputs={**INPUTS, "items": outcomes(LISTS)},
)
