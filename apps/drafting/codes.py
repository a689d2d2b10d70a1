"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "DRF-01": (
        "No step of the file takes this document from the organisation.",
        "Have the organisation that hands it in fill in the form.",
    ),
    "DRF-02": (
        "The file is not at a step that takes this document from the organisation.",
        "Wait until such a step is open; what was saved stays.",
    ),
    "DRF-03": (
        "Somebody of the same organisation saved the section meanwhile.",
        "Compare both texts, mend yours and save again.",
    ),
    "DRF-04": ("A section of the form is not complete, or holds mistakes.", "Open the section and mend what it names."),
    "DRF-05": (
        "A positive opinion needs every requirement without an open request.",
        "Tick the requirement once it is met, or give a negative opinion.",
    ),
    "DRF-06": ("The draft was changed while its answers were checked.", "Check the answers again."),
    "DRF-07": ("The site cannot make PDFs.", "Have the missing libraries installed, or upload the document."),
    "DRF-08": ("Parts do not add up to the whole.", "Correct the shares so that they make 100 per cent."),
    "DRF-09": (
        "A verified amount is not what rounding down gives.",
        "Write the whole tonnes of the amount before rounding.",
    ),
    "DRF-10": (
        "An indicator of sustainable development is not stated as its step takes it.",
        "Correct the row that the message names.",
    ),
}
