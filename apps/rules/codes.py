"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "RUL-01": (_("The edition is in force on that day already."), _("Name another edition or another day.")),
    "RUL-02": (
        _("An edition applies to what is opened after its adoption, never backwards."),
        _("Withdraw the proposal and propose a later day."),
    ),
    "RUL-03": (_("A special measure ends on or after its first day."), _("Correct one of the days.")),
    "RUL-04": (_("An extension brings at least one further day."), _("Name a later last day.")),
}
