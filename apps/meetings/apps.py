from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "apps.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from apps.meetings.procedure import PROCEDURE
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register

        register(PROCEDURE)
        on_it = _("this stands on the agenda already")
        explain_constraint("agenda_step_once", "MTG-07", on_it)
        explain_constraint("agenda_deferred_item_once", "MTG-07", on_it)
        explain_constraint("attendance_present_once", "MTG-12", _("this person is present already"))
