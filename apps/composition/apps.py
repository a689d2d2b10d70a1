from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompositionConfig(AppConfig):
    name = "apps.composition"
    label = "composition"

    def ready(self) -> None:
        from apps.composition.procedure import PROCEDURE
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register

        register(PROCEDURE)
        explain_constraint("appointment_by_two_persons", "CMP-02", _("a second person of the same side must confirm this"))
        explain_constraint("one_co_chair_per_side", "CMP-05", _("this side has a co-chair in that time"))
        explain_constraint("composition_appointment_membership_id_key", "CMP-14", _("this office has a file of its own already"))
