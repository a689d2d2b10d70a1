"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "SDV-01": (
        _("Where the edition asks for it, the plan answers each of the four concerns."),
        _("Add a line with one of the indicators that the message names."),
    ),
    "SDV-02": (
        _("A result is about an indicator of the plan, or is marked as unplanned."),
        _("Correct the indicator, or write “unplanned” as the fourth part of the line, after a sentence that says why."),
    ),
    "SDV-03": (_("What the plan foresees is not unplanned."), _("Leave the mark “unplanned” out of that line.")),
}
