"""The procedure of a project: design document, public inputs, validation, registration."""

from django.utils.translation import gettext_lazy as _

from apps.projects.procedure import india_2026, jcm_2013, jcm_2022
from apps.projects.procedure.states import FINAL, INPUTS, State
from apps.workflow.table import Procedure

__all__ = ["PROCEDURE", "State"]

PROCEDURE = Procedure(
    key="project",
    app="projects",
    model="Project",
    title=_("Project"),
    states=State,
    final=FINAL,
    tables={"jcm_2013": jcm_2013.ROWS, "jcm_2022": jcm_2022.ROWS, "india_2026": india_2026.ROWS},
    inputs=INPUTS,
)
