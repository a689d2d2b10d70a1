from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionRecordsConfig(AppConfig):
    name = "apps.decision_records"
    label = "decision_records"
    verbose_name = _("Decision records")

    def ready(self) -> None:
        from apps.decision_records import handlers  # noqa: F401 # reason: registers itself once all apps are loaded
