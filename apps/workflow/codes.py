"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "DOOR-00": ("The step is open to others.", "Act in the capacity that the message names, or leave it to them."),
    "DOOR-01": ("There is no such file.", "Go back to the list and open it from there."),
    "DOOR-02": (
        "The file stands in another state than the step starts from.",
        "Read the file again; the message names the states.",
    ),
    "DOOR-03": ("The rules of the file know no such step.", "Read the table of the file's edition."),
    "DOOR-04": ("The file has moved since the page was read.", "Read it again, then act."),
    "DOOR-05": ("A document that the step needs is missing.", "Upload it first."),
    "DOOR-06": ("What happens by itself has not fallen due.", "Wait for its day."),
    "DOOR-07": ("Something that the step asks for is missing.", "Fill in the field that the message names."),
    "DOOR-08": ("What was filled in is not understood or does not fit.", "Correct the field that the message names."),
    "DOOR-09": ("The step does not ask for this.", "Leave it out."),
    "DOOR-10": (
        "A person acts today or later, never with effect for the past.",
        "Leave the effective date empty, or choose a later day.",
    ),
    "DOOR-11": ("The key of this request was used for another act.", "Load the form again and send it once."),
    "DOOR-12": ("Others are working on the file at this moment.", "Try again."),
    "FRM-01": (
        "The version of the form is not in the catalogue of forms.",
        "Use the version that the message names, or have the catalogue amended.",
    ),
    "FRM-02": (
        "The version of the form is not in force on this day.",
        "Write the document on the version that the message names.",
    ),
    "FRM-03": ("The document is no official form.", "Leave out the version and the day of completion."),
    "NUM-01": ("The number was given before, and numbers are never given again.", "Leave the number empty, or choose another."),
    "NUM-02": ("The number is out of the range that the series has.", "Choose a number from the range that the message names."),
}
