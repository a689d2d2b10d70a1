from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuanceConfig(AppConfig):
    name = "apps.issuance"
    label = "issuance"
    verbose_name = _("Issuance")

    def ready(self) -> None:
        from apps.documents.kinds import Kind  # reason: models load after the apps
        from apps.documents.services import examine
        from apps.issuance.procedure import PROCEDURE
        from apps.issuance.render import calculations
        from apps.issuance.services import keep_reading, sheet_problems
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import on_new_paper, register
        from apps.workflow.render.enclosures import enclose

        register(PROCEDURE)
        enclose(calculations)
        examine(Kind.MONITORING_SHEET, sheet_problems)
        on_new_paper(keep_reading)
        explain_constraint("round_no_overlap", "ISS-07", _("the period overlaps another round of the project"))
