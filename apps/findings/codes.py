"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "FND-01": ("Only the entity that is assigned to a file raises findings about it.", "Let that entity raise it."),
    "FND-02": ("Nobody validates or verifies this file now.", "Raise the finding while the validation or verification runs."),
    "FND-03": ("A finding is about a row of the form that the entity fills in.", "Choose a row of that form."),
    "FND-04": ("Only a forward action request goes to another verification.", "Close the request, or withdraw it."),
    "FND-05": ("What is taken up is taken up at a verification.", "Wait for the next verification."),
    "FND-06": ("Only the entity that is assigned to a file keeps notes on the rows of its form.", "Let that entity keep them."),
    "FND-07": ("Somebody of the entity has changed the checklist since it was read.", "Read it again, then save."),
    "FND-08": ("A note is too long, or holds characters that cannot be kept.", "Write it shorter, in ordinary letters."),
}
