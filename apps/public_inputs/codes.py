"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "INP-01": (
        "Inputs are received while the window of their file is open, both its days counted.",
        "Comment on a call that is open; a letter counts by the day on which it was received.",
    ),
    "INP-02": (
        "A dispute ends when one side gives way; no side settles it for both.",
        "Let the other side do this, or do what it asks for.",
    ),
    "INP-03": (
        "The secretariat of the other side objects to what one side has decided, once.",
        "Let the other side object; where both have agreed, nothing is left to do.",
    ),
    "INP-04": ("The link is not known, or the window has closed.", "Send the comment again while the call is open."),
    "INP-05": ("So much was sent within an hour that more is not taken.", "Send it again in an hour; nothing of it is lost."),
    "INP-06": ("A form was filled in faster than people write, or by a program.", "Send it again after a few seconds."),
    "INP-07": ("An input has a text, without characters that cannot be kept.", "Write it shorter, in ordinary letters."),
}
