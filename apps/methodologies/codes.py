"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "MET-01": ("A revision comes with its request form.", "Upload the revision request."),
    "MET-02": (
        "Whoever keeps something confidential gives a version for the public as well.",
        "Upload a version that is not confidential.",
    ),
    "MET-03": ("What comes back was changed after it was asked for.", "Upload the corrected form."),
    "MET-04": (
        "The committee's own proposal has no proponent outside to send it back to.",
        "Approve it with revisions, or reject it.",
    ),
    "MET-05": (
        "Approval with revisions approves a text that was uploaded after the public inputs.",
        "Upload the revised text first.",
    ),
    "MET-06": ("A revision keeps the number of the methodology that it revises.", "Leave the number empty."),
    "MET-07": ("No version of a methodology is approved twice.", "Choose a higher version."),
    "MET-08": ("A proposal is joined to another that was approved.", "Approve the other one first."),
    "MET-09": ("Whoever revises a methodology says why, and whoever says why names it.", "Give both, or neither."),
    "MET-10": ("An editorial correction keeps the number before the point and raises the one after it.", "Correct the version."),
    "MET-11": ("A Government submits and discards its own drafts.", "Let that Government do it."),
    "MET-12": (
        "What the public has written is published and answered, or withheld, before a proposal is approved.",
        "Answer the inputs that the message names; the secretariats decide on what is not published.",
    ),
}
