"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "REF-01": (
        "Whoever asks for an assessment takes part in the project or is its focal point.",
        "Let a participant or the focal point do it.",
    ),
    "REF-02": (
        "Reference emissions are assessed from the submission of the PDD to the positive validation opinion.",
        "Submit the PDD first, or take the project back into validation.",
    ),
    "REF-03": ("A project's assessments are decided one after the other.", "Wait for the running one, or withdraw it."),
    "REF-04": (
        "The levels rest on one methodology, approved or proposed, that the project applies.",
        "Name one that the project applies, or amend the project first.",
    ),
    "REF-05": (
        "Reference emissions are lower than those under business as usual.",
        "Correct the figures; the message names the level that the reference emissions stay below.",
    ),
    "REF-06": (
        "What the committee accepts at most is less than what was requested.",
        "Ask for less, leave the figure empty, or confirm the level.",
    ),
    "REF-07": (
        "Once the committee has asked for a lower level, none above it is filed.",
        "Give the level that the message names, or a lower one.",
    ),
    "REF-08": ("The adjusted level is filed on a form of its own.", "Upload the new form."),
    "REF-09": ("An assessment is requested for a project whose PDD is published.", "Wait for the publication."),
}
