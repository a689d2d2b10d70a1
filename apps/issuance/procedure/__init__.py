"""The procedure of a round: monitoring, verification, request, decision, issuance by each side."""

from django.utils.translation import gettext_lazy as _

from apps.issuance.procedure import india_2026, jcm_2013, jcm_2022
from apps.issuance.procedure.states import CLAIMING, FINAL, INPUTS, State
from apps.workflow.table import Procedure

__all__ = ["CLAIMING", "PROCEDURE", "State"]

PROCEDURE = Procedure(
    key="round",
    app="issuance",
    model="Round",
    title=_("Issuance round"),
    states=State,
    final=FINAL,
    tables={"jcm_2013": jcm_2013.ROWS, "jcm_2022": jcm_2022.ROWS, "india_2026": india_2026.ROWS},
    inputs=INPUTS,
)
