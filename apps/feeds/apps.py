from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "apps.feeds"
    label = "feeds"
    verbose_name = _("What other programs read")

    def ready(self) -> None:
        from apps.feeds import handlers  # noqa: F401 # reason: registers itself once all apps are loaded
        from apps.feeds.services.sending import send_webhooks
        from apps.workflow.registry import join_sweep

        join_sweep("webhooks sent", send_webhooks)
