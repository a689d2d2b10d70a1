"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "REG-00": ("Accounts of a registry are opened by an officer of that side.", "Let an officer of that registry open it."),
    "REG-01": ("Credits are handed out to somebody.", "Name at least one account with its tonnes."),
    "REG-02": ("A part has at least one tonne.", "Leave the account out, or give it a tonne."),
    "REG-03": ("There is no such account.", "Open it first, or correct the number."),
    "REG-04": ("Credits of a side go to accounts of that side's registry.", "Choose an account of that side."),
    "REG-05": ("An account receives nothing before the day on which it was opened.", "Choose another account, or a later day."),
    "REG-06": ("Each account is named once.", "Add its parts up."),
    "REG-07": ("A holder has one account on a side.", "Use the account that is there."),
    "REG-08": (
        "A side issues once for a round, or once for each of its vintages.",
        "Nothing is left to issue on this side.",
    ),
    "REG-09": ("The same issuance was recorded before with another content.", "Look at the record; do not send it again."),
}
