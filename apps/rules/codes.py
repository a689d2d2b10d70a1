"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "RUL-01": ("The edition is in force on that day already.", "Name another edition or another day."),
    "RUL-02": (
        "An edition applies to what is opened after its adoption, never backwards.",
        "Withdraw the proposal and propose a later day.",
    ),
    "RUL-03": ("A special measure ends on or after its first day.", "Correct one of the days."),
    "RUL-04": ("An extension brings at least one further day.", "Name a later last day."),
}
