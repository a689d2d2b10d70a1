from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "apps.registry"
    label = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        from apps.workflow.constraints import explain_constraint  # reason: as in every app, tables load after the apps

        explain_constraint("account_one_per_side_and_holder", "REG-07", _("this holder has an account on this side already"))
        explain_constraint("block_one_per_round_and_side", "REG-08", _("this side has issued for this round already"))
