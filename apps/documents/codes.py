"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "DOC-00": (
        _("A membership that is not in force hands in nothing."),
        _("Have the appointment renewed, or act in another capacity."),
    ),
    "DOC-01": (_("The file has no name."), _("Choose a file.")),
    "DOC-02": (_("The file's name is too long."), _("Rename the file and choose it again.")),
    "DOC-03": (
        _("The file's name holds characters that cannot be shown safely."),
        _("Rename the file with letters, digits, spaces, dots and hyphens."),
    ),
    "DOC-04": (_("Files of this ending are not taken."), _("Save the document in one of the formats that the message names.")),
    "DOC-05": (_("The file is empty."), _("Choose the file again.")),
    "DOC-06": (_("The file is larger than is taken."), _("Make it smaller, or split it.")),
    "DOC-07": (_("The file's content is not what its ending says."), _("Save it again in the format that its ending names.")),
    "DOC-08": (_("A document was replaced while the page was read."), _("Look at the documents again, then confirm.")),
    "DOC-09": (_("The version of the form is no version."), _("Write it as printed on the form, for example 05.0.")),
    "DOC-10": (_("The document would be completed on a day to come."), _("Correct the day of completion, or leave it empty.")),
    "DOC-11": (
        _("The document would have been completed before the mechanism began."),
        _("Correct the day of completion, or leave it empty."),
    ),
    "DOC-12": (_("The file's name has two endings."), _("Rename the file so that it has one.")),
    "DOC-13": (_("More was handed in within a day than one appointment may."), _("Go on tomorrow, or write to the secretariat.")),
    "DOC-14": (_("The file's documents would take more room than it is given."), _("Write to the secretariat.")),
    "DOC-15": (_("A piece of an upload begins elsewhere than the last one ended."), _("Go on from where the last piece ended.")),
    "DOC-16": (_("A piece of an upload is larger than is taken at once."), _("Send smaller pieces.")),
    "DOC-17": (_("An upload was not finished, or is no longer kept."), _("Choose the file again.")),
    "DOC-18": (_("A public version comes from whoever handed the confidential one in."), _("Let that organisation hand it in.")),
    "DOC-19": (_("This document needs no public version."), _("Hand in a public version of a confidential document only.")),
    "DOC-20": (
        _("The public version is of another kind of file than the confidential one."),
        _("Save it as the same kind of file."),
    ),
    "DOC-21": (_("The service that keeps documents does not answer."), _("Try again in a few minutes; nothing was changed.")),
    "DOC-22": (_("The confidential version that a public one is compared with is damaged."), _("Write to the secretariat.")),
    "EXP-01": (_("Experts are named by a secretariat."), _("Ask the secretariat of one's own side.")),
    "EXP-02": (_("Nobody has an account with this e-mail address."), _("Have an account made first, or correct the address.")),
    "EXP-03": (_("The last day has passed."), _("Name today or a later day.")),
    "EXP-04": (
        _("The person is named for this file by this side already."),
        _("Withdraw the earlier naming first, or leave it."),
    ),
    "EXP-05": (_("The person acts for an organisation that the file names."), _("Name somebody who has no part in the file.")),
    "EXP-06": (_("The reason is missing."), _("Say why this person reads the confidential documents.")),
    "EXP-07": (_("An expert is withdrawn by the side that named them."), _("Ask the other side's secretariat.")),
    "EXP-08": (_("This expert is not in force any more."), _("Nothing is left to do.")),
    "EXP-09": (_("The organisation that the expert comes from is missing."), _("Write its name, or that they are independent.")),
}
