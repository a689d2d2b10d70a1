from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompletenessConfig(AppConfig):
    name = "apps.completeness"
    label = "completeness"
    verbose_name = _("Completeness checks")

    def ready(self) -> None:
        from apps.completeness.render import enclosures  # reason: models load after the apps
        from apps.workflow.render.enclosures import enclose

        enclose(enclosures)
