"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "DOC-00": (
        "A membership that is not in force hands in nothing.",
        "Have the appointment renewed, or act in another capacity.",
    ),
    "DOC-01": ("The file has no name.", "Choose a file."),
    "DOC-02": ("The file's name is too long.", "Rename the file and choose it again."),
    "DOC-03": (
        "The file's name holds characters that cannot be shown safely.",
        "Rename the file with letters, digits, spaces, dots and hyphens.",
    ),
    "DOC-04": ("Files of this ending are not taken.", "Save the document in one of the formats that the message names."),
    "DOC-05": ("The file is empty.", "Choose the file again."),
    "DOC-06": ("The file is larger than is taken.", "Make it smaller, or split it."),
    "DOC-07": ("The file's content is not what its ending says.", "Save it again in the format that its ending names."),
    "DOC-08": ("A document was replaced while the page was read.", "Look at the documents again, then confirm."),
    "DOC-09": ("The version of the form is no version.", "Write it as printed on the form, for example 05.0."),
    "DOC-10": ("The document would be completed on a day to come.", "Correct the day of completion, or leave it empty."),
    "DOC-11": (
        "The document would have been completed before the mechanism began.",
        "Correct the day of completion, or leave it empty.",
    ),
    "DOC-12": ("The file's name has two endings.", "Rename the file so that it has one."),
    "DOC-13": ("More was handed in within a day than one appointment may.", "Go on tomorrow, or write to the secretariat."),
    "DOC-14": ("The file's documents would take more room than it is given.", "Write to the secretariat."),
    "DOC-15": ("A piece of an upload begins elsewhere than the last one ended.", "Go on from where the last piece ended."),
    "DOC-16": ("A piece of an upload is larger than is taken at once.", "Send smaller pieces."),
    "DOC-17": ("An upload was not finished, or is no longer kept.", "Choose the file again."),
    "DOC-18": ("A public version comes from whoever handed the confidential one in.", "Let that organisation hand it in."),
    "DOC-19": ("This document needs no public version.", "Hand in a public version of a confidential document only."),
    "DOC-20": ("The public version is of another kind of file than the confidential one.", "Save it as the same kind of file."),
    "DOC-21": ("The service that keeps documents does not answer.", "Try again in a few minutes; nothing was changed."),
    "DOC-22": ("The confidential version that a public one is compared with is damaged.", "Write to the secretariat."),
}
