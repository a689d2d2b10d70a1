"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "REF-01": (
        _("Whoever asks for an assessment takes part in the project or is its focal point."),
        _("Let a participant or the focal point do it."),
    ),
    "REF-02": (
        _("Reference emissions are assessed from the submission of the PDD to the positive validation opinion."),
        _("Submit the PDD first, or take the project back into validation."),
    ),
    "REF-03": (_("A project's assessments are decided one after the other."), _("Wait for the running one, or withdraw it.")),
    "REF-04": (
        _("The levels rest on one methodology, approved or proposed, that the project applies."),
        _("Name one that the project applies, or amend the project first."),
    ),
    "REF-05": (
        _("Reference emissions are lower than those under business as usual."),
        _("Correct the figures; the message names the level that the reference emissions stay below."),
    ),
    "REF-06": (
        _("What the committee accepts at most is less than what was requested."),
        _("Ask for less, leave the figure empty, or confirm the level."),
    ),
    "REF-07": (
        _("Once the committee has asked for a lower level, none above it is filed."),
        _("Give the level that the message names, or a lower one."),
    ),
    "REF-08": (_("The adjusted level is filed on a form of its own."), _("Upload the new form.")),
    "REF-09": (_("An assessment is requested for a project whose PDD is published."), _("Wait for the publication.")),
}
