"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "MET-01": (_("A revision comes with its request form."), _("Upload the revision request.")),
    "MET-02": (
        _("Whoever keeps something confidential gives a version for the public as well."),
        _("Upload a version that is not confidential."),
    ),
    "MET-03": (_("What comes back was changed after it was asked for."), _("Upload the corrected form.")),
    "MET-04": (
        _("The committee's own proposal has no proponent outside to send it back to."),
        _("Approve it with revisions, or reject it."),
    ),
    "MET-05": (
        _("Approval with revisions approves a text that was uploaded after the public inputs."),
        _("Upload the revised text first."),
    ),
    "MET-06": (_("A revision keeps the number of the methodology that it revises."), _("Leave the number empty.")),
    "MET-07": (_("No version of a methodology is approved twice."), _("Choose a higher version.")),
    "MET-08": (_("A proposal is joined to another that was approved."), _("Approve the other one first.")),
    "MET-09": (_("Whoever revises a methodology says why, and whoever says why names it."), _("Give both, or neither.")),
    "MET-10": (
        _("An editorial correction keeps the number before the point and raises the one after it."),
        _("Correct the version."),
    ),
    "MET-11": (_("A Government submits and discards its own drafts."), _("Let that Government do it.")),
    "MET-12": (
        _("What the public has written is published and answered, or withheld, before a proposal is approved."),
        _("Answer the inputs that the message names; the secretariats decide on what is not published."),
    ),
}
