from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteeConfig(AppConfig):
    name = "apps.committee"
    label = "committee"

    def ready(self) -> None:
        from apps.committee.procedure import PROCEDURE
        from apps.committee.selectors import barred
        from apps.committee.services import renew_papers_about
        from apps.documents.policies import register_barrier
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import on_new_paper, register

        register(PROCEDURE)
        on_new_paper(renew_papers_about)
        register_barrier(barred)
        explain_constraint("ballot_item_step_once", "BAL-06", _("this step of this file is on the ballot already"))
        explain_constraint(
            "position_is_on_the_text_that_stands", "BAL-24", _("the text of an item has changed since you read it")
        )
        explain_constraint("position_without_a_conflict", "BAL-26", _("a conflict of interest is declared on this item"))
        explain_constraint(
            "act_is_the_decisions", "BAL-20", _("no adopted item of the Joint Committee is about this step of this file")
        )
