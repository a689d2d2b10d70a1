from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "apps.notifications"
    label = "notifications"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from apps.accounts.selectors import read_along
        from apps.notifications import handlers  # noqa: F401 # reason: registers itself once all apps are loaded
        from apps.notifications.selectors import UNREAD_OF_READER, WHAT_WAITS
        from apps.notifications.services import send_what_waits
        from apps.workflow.registry import join_sweep

        read_along("unread_messages", UNREAD_OF_READER)
        read_along("what_waits", WHAT_WAITS)
        join_sweep("mails sent", send_what_waits)
