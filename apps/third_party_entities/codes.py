"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "TPE-01": (
        _("An organisation has one running file in a partner country."),
        _("Go on in that file; further scopes are added there."),
    ),
    "TPE-02": (_("An entity applies for itself only."), _("Let somebody of that organisation apply.")),
    "TPE-03": (_("At least one sectoral scope is named."), _("Name a scope for validation or for verification.")),
    "TPE-04": (_("A designation stays within what was applied for."), _("Leave the scope out, or let the entity apply for it.")),
    "TPE-05": (_("A last day lies on or after the first."), _("Correct the day.")),
    "TPE-06": (_("Only what is held can be given up."), _("Name scopes that the entity holds.")),
    "TPE-07": (
        _("What comes back after the one request for completion is not what was sent before."),
        _("Upload what was missing."),
    ),
    "TPE-08": (_("Further scopes and later end dates rest on a new certificate."), _("Upload the new certificate first.")),
    "TPE-09": (
        _("Nothing is taken from an entity before it has answered or let its time pass."),
        _("Wait for its answer or for the end of its time."),
    ),
    "TPE-10": (
        _("Open work goes to another entity that may work on this day."),
        _("Name another entity, or leave the field empty."),
    ),
    "TPE-11": (_("A new name is not the one that the entity bears."), _("Write the new name.")),
    "TPE-12": (_("A name is recorded from a day after the present one began, and not ahead of time."), _("Correct the day.")),
}
