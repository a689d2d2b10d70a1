"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "TEL-01": (
        "Mails of this class cannot be switched off.",
        "Leave it on; whoever has to act must be reached.",
    ),
    "TEL-02": (
        "There is no such class of messages.",
        "Choose among the classes of the page of preferences.",
    ),
}
