"""What happens to an account, and how long things last."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Happening(TextChoices):
    """What the holder of an account is told of, and finds again on its page."""

    JOINED = "joined", _("Your account was opened")
    APPOINTED = "appointed", _("An invitation to a further appointment was accepted")
    PASSWORD_CHANGED = "password_changed", _("The password was changed")
    PASSWORD_RESET = "password_reset", _("The password was set anew by a link from a mail")
    PASSKEY_ADDED = "passkey_added", _("A passkey was added")
    PASSKEY_REMOVED = "passkey_removed", _("A passkey was removed")
    APP_ADDED = "app_added", _("An authenticator app was set up")
    APP_REMOVED = "app_removed", _("The authenticator app was removed")
    CODES_MADE = "codes_made", _("New recovery codes were made; the old ones no longer count")
    FACTORS_REMOVED = "factors_removed", _("An administrator removed your passkeys, app and recovery codes")
    CODE_USED = "code_used", _("A recovery code was used")
    LINKED = "linked", _("Sign-in through your organisation was connected")
    SIGNED_OUT = "signed_out", _("You were signed out on other devices")


REQUIRED, OFFERED = "required", "offered"

# Seconds for which somebody who has shown that it is them need not show it again; and, where factors are only offered,
# for which having signed in counts as showing it.
CONFIRMED_FOR = 5 * 60
SIGNED_IN_FOR = 15 * 60
# A session's last use is written down so often, in seconds.
SEEN_EACH = 60

INVITED_FOR_DAYS = 7
LONGEST_AGENT = 200
