"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "ACC-01": ("Some roles belong to one of the two sides, and no side was named.", "Say for which side the person serves."),
    "ACC-02": ("An appointment cannot end before it starts.", "Correct the first or the last day."),
    "ACC-03": (
        "Nobody serves both sides on the same day.",
        "End the other side's appointment first, or choose days on which it does not run.",
    ),
    "ACC-04": ("An appointment that has ended is history.", "Make a new appointment."),
    "ACC-05": ("An appointment is ended today or later, and not before it starts.", "Choose today or a later day."),
    "ACC-06": (
        "The page was read in another capacity than the one acted in now.",
        "Look at the head of the page, switch if need be, and answer again.",
    ),
    "ACC-07": (
        "A side that has two persons who can nominate and confirm appoints to the committee by itself, and ends appointments so.",
        "Let the side's secretariat or co-chair use the procedure “Appointment to the Joint Committee”.",
    ),
    "ACC-08": (
        "An alternate acts for one appointment of the same side, and nobody else acts for another.",
        "Say for whom the alternate acts; for every other role leave it empty.",
    ),
    "ACC-09": (
        "A secretariat invites people of its own side and of third-party entities that are of its side or of neither.",
        "Let the other side's secretariat invite them; somebody who no longer serves invites nobody.",
    ),
    "ACC-10": (
        "An invitation carries an appointment for a participant or a third-party entity, with the organisation, or none at all.",
        "Name both or neither; to the Joint Committee a side appoints by the procedure “Appointment to the Joint Committee”.",
    ),
    "ACC-11": (
        "The link of an invitation is for one use, within seven days, unless it is withdrawn before.",
        "Ask whoever invited you for another.",
    ),
    "ACC-12": (
        "An invitation is for the address that it was sent to, and opens no second account.",
        "Sign in with that address, then open the link again.",
    ),
}
