from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuanceConfig(AppConfig):
    name = "apps.issuance"
    label = "issuance"
    verbose_name = _("Issuance")

    def ready(self) -> None:
        from apps.issuance.procedure import PROCEDURE  # reason: models load after the apps
        from apps.workflow.constraints import explain_constraint  # reason: as above
        from apps.workflow.registry import register  # reason: as above

        register(PROCEDURE)
        explain_constraint("round_no_overlap", "ISS-07", _("the period overlaps another round of the project"))
