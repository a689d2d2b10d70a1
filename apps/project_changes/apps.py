from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectChangesConfig(AppConfig):
    name = "apps.project_changes"
    label = "project_changes"
    verbose_name = _("Changes of projects")

    def ready(self) -> None:
        from apps.project_changes.procedure import CHANGE, IMPLEMENTATION, RENEWAL  # reason: models load after the apps
        from apps.workflow.constraints import explain_constraint  # reason: as above
        from apps.workflow.registry import register  # reason: as above

        register(CHANGE)
        register(RENEWAL)
        register(IMPLEMENTATION)
        explain_constraint("renewal_one_runs_per_project", "RNW-04", _("another renewal of this project is running"))
