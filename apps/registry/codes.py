"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "REG-00": (_("Accounts of a registry are opened by an officer of that side."), _("Let an officer of that registry open it.")),
    "REG-01": (_("Credits are handed out to somebody."), _("Name at least one account with its tonnes.")),
    "REG-02": (_("A part has at least one tonne."), _("Leave the account out, or give it a tonne.")),
    "REG-03": (_("There is no such account."), _("Open it first, or correct the number.")),
    "REG-04": (_("Credits of a side go to accounts of that side's registry."), _("Choose an account of that side.")),
    "REG-05": (
        _("An account receives nothing before the day on which it was opened."),
        _("Choose another account, or a later day."),
    ),
    "REG-06": (_("Each account is named once."), _("Add its parts up.")),
    "REG-07": (_("A holder has one account on a side."), _("Use the account that is there.")),
    "REG-08": (
        _("A side issues once for a round, or once for each of its vintages."),
        _("Nothing is left to issue on this side."),
    ),
    "REG-09": (_("The same issuance was recorded before with another content."), _("Look at the record; do not send it again.")),
}
