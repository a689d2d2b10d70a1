from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "apps.monitoring"
    label = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        from apps.monitoring.procedure import PROCEDURE  # reason: models load after the apps
        from apps.workflow.constraints import explain_constraint  # reason: as above
        from apps.workflow.registry import register  # reason: as above

        register(PROCEDURE)
        explain_constraint(
            "declaration_in_use_once", "MON-33", _("another declaration of this version has come into use; read the file again")
        )
