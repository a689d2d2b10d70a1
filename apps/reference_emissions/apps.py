from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceEmissionsConfig(AppConfig):
    name = "apps.reference_emissions"
    label = "reference_emissions"
    verbose_name = _("Reference emissions")

    def ready(self) -> None:
        from apps.reference_emissions.procedure import PROCEDURE  # reason: models load after the apps
        from apps.workflow.constraints import explain_constraint  # reason: as above
        from apps.workflow.registry import register  # reason: as above

        register(PROCEDURE)
        text = _("another assessment of this project’s reference emissions is running")
        explain_constraint("reference_assessment_one_runs_per_project", "REF-03", text)
