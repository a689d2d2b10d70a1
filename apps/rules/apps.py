from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulesConfig(AppConfig):
    name = "apps.rules"
    label = "rules"
    verbose_name = _("The rules themselves")

    def ready(self) -> None:
        from apps.rules.procedure import edition, grievance, measure
        from apps.workflow.registry import register

        for procedure in (edition.PROCEDURE, measure.PROCEDURE, grievance.PROCEDURE):
            register(procedure)
