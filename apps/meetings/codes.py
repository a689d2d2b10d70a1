"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "MTG-01": ("A meeting is planned ahead.", "Choose today or a later day."),
    "MTG-02": ("A meeting in a room has a place, one that is wholly online has none.", "Give the place, or leave it empty."),
    "MTG-03": (
        "Papers are due some days before the meeting; how many, the edition says.",
        "Choose an earlier day for the papers, or leave it empty.",
    ),
    "MTG-04": ("Notice was given for the announced day.", "Choose that day or a later one."),
    "MTG-05": ("A meeting is about something.", "Put an item on the agenda; without any, cancel the meeting."),
    "MTG-06": ("The notice that the edition asks for can no longer be given.", "Plan a later day, then announce."),
    "MTG-07": ("A step of a file, and a deferred item, stand once on an agenda.", "Find it on the agenda."),
    "MTG-08": ("The agenda has no item of that number.", "Choose a number of the agenda."),
    "MTG-09": (
        "The item named was not left to a meeting, stands on another agenda, or asks another question.",
        "Choose it from the list of what waits.",
    ),
    "MTG-10": ("Who attends is either appointed or a guest.", "Choose the person, or give name and organisation."),
    "MTG-11": (
        "Members, alternates and secretariats attend under an appointment in force on the day.",
        "Enter the person as a guest, or choose the appointment in force.",
    ),
    "MTG-12": ("The person is on the list and has not left.", "Record first that they left."),
    "MTG-13": ("Attendance begins and ends on the day of the meeting, not in the future.", "Correct the time."),
    "MTG-14": (
        "The attendance list has no such line, or they have left, or came only later.",
        "Choose a line of those present, and a time after their arrival.",
    ),
    "MTG-15": ("A meeting opens on its day.", "Open it on that day, or put the meeting off."),
    "MTG-16": (
        "Both co-chairs, or alternates of theirs, must be present and free of a conflict of interest.",
        "Record their attendance, or wait for them.",
    ),
    "MTG-17": (
        "Too few of a side are present; how many are needed, the edition says.",
        "Record who is present, or wait for them.",
    ),
    "MTG-18": ("A decision is taken between the opening and now.", "Correct the time."),
    "MTG-19": ("A meeting closes after its last decision, not in the future.", "Correct the time."),
    "MTG-20": (
        "What a meeting adopted is put before both co-chairs once, and wholly.",
        "Use the page of the meeting that puts its decisions.",
    ),
    "MTG-21": (
        "The report tells what became of each decision.",
        "Put the decisions before the co-chairs, and wait until they have confirmed.",
    ),
    "MTG-22": ("The report was drafted anew since it was read.", "Read the report again, then agree."),
    "MTG-23": ("A side agrees once to a revision of the report.", "Nothing is left to do for this side."),
    "MTG-24": ("The report is published when both secretariats agree.", "Wait for the other side."),
}
