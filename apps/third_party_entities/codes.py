"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "TPE-01": (
        "An organisation has one running file in a partner country.",
        "Go on in that file; further scopes are added there.",
    ),
    "TPE-02": ("An entity applies for itself only.", "Let somebody of that organisation apply."),
    "TPE-03": ("At least one sectoral scope is named.", "Name a scope for validation or for verification."),
    "TPE-04": ("A designation stays within what was applied for.", "Leave the scope out, or let the entity apply for it."),
    "TPE-05": ("A last day lies on or after the first.", "Correct the day."),
    "TPE-06": ("Only what is held can be given up.", "Name scopes that the entity holds."),
    "TPE-07": ("What comes back after the one request for completion is not what was sent before.", "Upload what was missing."),
    "TPE-08": ("Further scopes and later end dates rest on a new certificate.", "Upload the new certificate first."),
    "TPE-09": (
        "Nothing is taken from an entity before it has answered or let its time pass.",
        "Wait for its answer or for the end of its time.",
    ),
    "TPE-10": ("Open work goes to another entity that may work on this day.", "Name another entity, or leave the field empty."),
    "TPE-11": ("A new name is not the one that the entity bears.", "Write the new name."),
    "TPE-12": ("A name is recorded from a day after the present one began, and not ahead of time.", "Correct the day."),
}
