"""The procedure of a project: design document, public inputs, validation, registration."""

from django.utils.translation import gettext_lazy as _

from apps.completeness.inputs import outcomes
from apps.completeness.kinds import SIGNED, Item, dossier
from apps.projects.procedure import india_2026, jcm_2013, jcm_2022
from apps.projects.procedure.states import FINAL, INPUTS, State
from apps.workflow.editions import Mark
from apps.workflow.table import Procedure

__all__ = ["PROCEDURE", "State"]

TABLES = {"jcm_2013": jcm_2013.ROWS, "jcm_2022": jcm_2022.ROWS, "india_2026": india_2026.ROWS}
# What the completeness check of a request for registration looks at. Source: rules 2.6, 2.9, 4.9, P05.
JUDGED = (
    Item("signed", SIGNED, "4.9", Mark.RECALLED),
    Item("one_design", _("All documents name the same version of the PDD"), "2.9", Mark.RECALLED),
    Item("statement", _("The communication statement is signed by all participants"), "2.6 4.5", Mark.CONFIRMED),
)
PERIOD = Item(
    "period",
    _("Start and end of the crediting period are stated"),
    "4.9",
    Mark.RECALLED,
    filled=("crediting_starts_on", "crediting_ends_on"),
)
LISTS = {
    edition: (
        *dossier(rows, "request_registration", "2.9", Mark.RECALLED),
        *JUDGED,
        *((PERIOD,) if edition != "jcm_2013" else ()),
    )
    for edition, rows in TABLES.items()
}

PROCEDURE = Procedure(
    key="project",
    app="projects",
    model="Project",
    title=_("Project"),
    states=State,
    final=FINAL,
    tables=TABLES,
    inputs={**INPUTS, "items": outcomes(LISTS)},
)
