"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "DOOR-00": (_("The step is open to others."), _("Act in the capacity that the message names, or leave it to them.")),
    "DOOR-01": (_("There is no such file."), _("Go back to the list and open it from there.")),
    "DOOR-02": (
        _("The file stands in another state than the step starts from."),
        _("Read the file again; the message names the states."),
    ),
    "DOOR-03": (_("The rules of the file know no such step."), _("Read the table of the file's edition.")),
    "DOOR-04": (_("The file has moved since the page was read."), _("Read it again, then act.")),
    "DOOR-05": (_("A document that the step needs is missing."), _("Upload it first.")),
    "DOOR-06": (_("What happens by itself has not fallen due."), _("Wait for its day.")),
    "DOOR-07": (_("Something that the step asks for is missing."), _("Fill in the field that the message names.")),
    "DOOR-08": (_("What was filled in is not understood or does not fit."), _("Correct the field that the message names.")),
    "DOOR-09": (_("The step does not ask for this."), _("Leave it out.")),
    "DOOR-10": (
        _("A person acts today or later, never with effect for the past."),
        _("Leave the effective date empty, or choose a later day."),
    ),
    "DOOR-11": (_("The key of this request was used for another act."), _("Load the form again and send it once.")),
    "DOOR-12": (_("Others are working on the file at this moment."), _("Try again.")),
    "FRM-01": (
        _("The version of the form is not in the catalogue of forms."),
        _("Use the version that the message names, or have the catalogue amended."),
    ),
    "FRM-02": (
        _("The version of the form is not in force on this day."),
        _("Write the document on the version that the message names."),
    ),
    "FRM-03": (_("The document is no official form."), _("Leave out the version and the day of completion.")),
    "NUM-01": (
        _("The number was given before, and numbers are never given again."),
        _("Leave the number empty, or choose another."),
    ),
    "NUM-02": (
        _("The number is out of the range that the series has."),
        _("Choose a number from the range that the message names."),
    ),
}
