from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThirdPartyEntitiesConfig(AppConfig):
    name = "apps.third_party_entities"
    label = "third_party_entities"
    verbose_name = _("Third-party entities")

    def ready(self) -> None:
        from apps.third_party_entities.procedure import PROCEDURE
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register

        register(PROCEDURE)
        explain_constraint("entity_has_one_open_file", "TPE-01", _("this organisation has a file already"))
