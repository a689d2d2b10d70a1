from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingsConfig(AppConfig):
    name = "apps.findings"
    label = "findings"
    verbose_name = _("Findings")

    def ready(self) -> None:
        from apps.documents.policies import register_barrier
        from apps.findings.procedure import PROCEDURE  # reason: models load after the apps
        from apps.findings.render import enclosures
        from apps.findings.selectors import barred
        from apps.workflow.registry import register
        from apps.workflow.render.enclosures import enclose

        register(PROCEDURE)
        register_barrier(barred)
        enclose(enclosures)
