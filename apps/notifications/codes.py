"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "TEL-01": (
        _("Mails of this class cannot be switched off."),
        _("Leave it on; whoever has to act must be reached."),
    ),
    "TEL-02": (
        _("There is no such class of messages."),
        _("Choose among the classes of the page of preferences."),
    ),
}
