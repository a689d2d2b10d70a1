from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimekeepingConfig(AppConfig):
    name = "apps.timekeeping"
    label = "timekeeping"
    verbose_name = _("Orders on time and holidays")

    def ready(self) -> None:
        from apps.timekeeping.procedure import holidays, orders  # reason: models load after the apps
        from apps.timekeeping.services import draw_up_holidays
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import join_sweep, register

        for procedure in (orders.PROCEDURE, holidays.PROCEDURE):
            register(procedure)
        explain_constraint("holidays_once_a_side_and_year", "TIM-11", _("the holidays of this side and year have a file already"))
        join_sweep("lists of holidays drawn up", draw_up_holidays, opens=True)
