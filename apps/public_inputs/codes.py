"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "INP-01": (
        _("Inputs are received while the window of their file is open, both its days counted."),
        _("Comment on a call that is open; a letter counts by the day on which it was received."),
    ),
    "INP-02": (
        _("A dispute ends when one side gives way; no side settles it for both."),
        _("Let the other side do this, or do what it asks for."),
    ),
    "INP-03": (
        _("The secretariat of the other side objects to what one side has decided, once."),
        _("Let the other side object; where both have agreed, nothing is left to do."),
    ),
    "INP-04": (_("The link is not known, or the window has closed."), _("Send the comment again while the call is open.")),
    "INP-05": (
        _("So much was sent within an hour that more is not taken."),
        _("Send it again in an hour; nothing of it is lost."),
    ),
    "INP-06": (_("A form was filled in faster than people write, or by a program."), _("Send it again after a few seconds.")),
    "INP-07": (_("An input has a text, without characters that cannot be kept."), _("Write it shorter, in ordinary letters.")),
}
