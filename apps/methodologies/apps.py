from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MethodologiesConfig(AppConfig):
    name = "apps.methodologies"
    label = "methodologies"
    verbose_name = _("Methodologies")

    def ready(self) -> None:
        from apps.methodologies.procedure import PROCEDURE
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register

        register(PROCEDURE)
        explain_constraint("methodology_version_once", "MET-07", _("this version of the methodology was approved before"))
