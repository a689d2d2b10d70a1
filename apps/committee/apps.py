from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    name = "apps.committee"
    label = "committee"

    def ready(self) -> None:
        from apps.committee.procedure import PROCEDURE
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register

        register(PROCEDURE)
        explain_constraint("ballot_item_step_once", "BAL-06", _("this step of this file is on the ballot already"))
        explain_constraint(
            "act_is_the_decisions", "BAL-20", _("no adopted item of the Joint Committee is about this step of this file")
        )
