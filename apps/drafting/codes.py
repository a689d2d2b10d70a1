"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "DRF-01": (
        _("No step of the file takes this document from the organisation."),
        _("Have the organisation that hands it in fill in the form."),
    ),
    "DRF-02": (
        _("The file is not at a step that takes this document from the organisation."),
        _("Wait until such a step is open; what was saved stays."),
    ),
    "DRF-03": (
        _("Somebody of the same organisation saved the section meanwhile."),
        _("Compare both texts, mend yours and save again."),
    ),
    "DRF-04": (_("A section of the form is not complete, or holds mistakes."), _("Open the section and mend what it names.")),
    "DRF-05": (
        _("A positive opinion needs every requirement without an open request."),
        _("Tick the requirement once it is met, or give a negative opinion."),
    ),
    "DRF-06": (_("The draft was changed while its answers were checked."), _("Check the answers again.")),
    "DRF-07": (_("The site cannot make PDFs."), _("Have the missing libraries installed, or upload the document.")),
    "DRF-08": (_("Parts do not add up to the whole."), _("Correct the shares so that they make 100 per cent.")),
    "DRF-09": (
        _("A verified amount is not what rounding down gives."),
        _("Write the whole tonnes of the amount before rounding."),
    ),
    "DRF-10": (
        _("An indicator of sustainable development is not stated as its step takes it."),
        _("Correct the row that the message names."),
    ),
}
