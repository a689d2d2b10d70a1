from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "apps.registry"
    label = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        from apps.accounts.roles import Side  # reason: as below
        from apps.workflow.constraints import explain_constraint  # reason: as in every app, tables load after the apps

        explain_constraint("account_one_per_side_and_holder", "REG-07", _("this holder has an account on this side already"))
        for side in Side.values:
            text = _("this side has issued for this round already")
            explain_constraint(f"block_once_a_vintage_{side}", "REG-08", text)
