"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "SDV-01": (
        "Where the edition asks for it, the plan answers each of the four concerns.",
        "Add a line with one of the indicators that the message names.",
    ),
    "SDV-02": (
        "A result is about an indicator of the plan, or is marked as unplanned.",
        "Correct the indicator, or write “unplanned” as the fourth part of the line, after a sentence that says why.",
    ),
    "SDV-03": ("What the plan foresees is not unplanned.", "Leave the mark “unplanned” out of that line."),
}
