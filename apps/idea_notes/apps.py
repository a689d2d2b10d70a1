from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeaNotesConfig(AppConfig):
    name = "apps.idea_notes"
    label = "idea_notes"
    verbose_name = _("Project idea notes")

    def ready(self) -> None:
        from apps.idea_notes.procedure import PROCEDURE
        from apps.workflow.registry import register

        register(PROCEDURE)
