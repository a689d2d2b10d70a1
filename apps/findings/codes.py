"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "FND-01": (_("Only the entity that is assigned to a file raises findings about it."), _("Let that entity raise it.")),
    "FND-02": (
        _("Nobody validates or verifies this file now."),
        _("Raise the finding while the validation or verification runs."),
    ),
    "FND-03": (_("A finding is about a row of the form that the entity fills in."), _("Choose a row of that form.")),
    "FND-04": (_("Only a forward action request goes to another verification."), _("Close the request, or withdraw it.")),
    "FND-05": (_("What is taken up is taken up at a verification."), _("Wait for the next verification.")),
    "FND-06": (
        _("Only the entity that is assigned to a file keeps notes on the rows of its form."),
        _("Let that entity keep them."),
    ),
    "FND-07": (_("Somebody of the entity has changed the checklist since it was read."), _("Read it again, then save.")),
    "FND-08": (_("A note is too long, or holds characters that cannot be kept."), _("Write it shorter, in ordinary letters.")),
}
