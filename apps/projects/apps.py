from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "apps.projects"
    label = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from apps.projects.procedure import PROCEDURE  # reason: models load after the apps
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register

        register(PROCEDURE)
        explain_constraint(
            "project_one_per_idea_note",
            "PRJ-29",
            _("another project rests on this idea note; withdraw that one first, or name another idea note"),
        )
        explain_constraint("project_superseded_once", "PRJ-18", _("another project has taken its place already"))
