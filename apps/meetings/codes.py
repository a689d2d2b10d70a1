"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "MTG-01": (_("A meeting is planned ahead."), _("Choose today or a later day.")),
    "MTG-02": (
        _("A meeting in a room has a place, one that is wholly online has none."),
        _("Give the place, or leave it empty."),
    ),
    "MTG-03": (
        _("Papers are due some days before the meeting; how many, the edition says."),
        _("Choose an earlier day for the papers, or leave it empty."),
    ),
    "MTG-04": (_("Notice was given for the announced day."), _("Choose that day or a later one.")),
    "MTG-05": (_("A meeting is about something."), _("Put an item on the agenda; without any, cancel the meeting.")),
    "MTG-06": (_("The notice that the edition asks for can no longer be given."), _("Plan a later day, then announce.")),
    "MTG-07": (_("A step of a file, and a deferred item, stand once on an agenda."), _("Find it on the agenda.")),
    "MTG-08": (_("The agenda has no item of that number."), _("Choose a number of the agenda.")),
    "MTG-09": (
        _("The item named was not left to a meeting, stands on another agenda, or asks another question."),
        _("Choose it from the list of what waits."),
    ),
    "MTG-10": (_("Who attends is either appointed or a guest."), _("Choose the person, or give name and organisation.")),
    "MTG-11": (
        _("Members, alternates and secretariats attend under an appointment in force on the day."),
        _("Enter the person as a guest, or choose the appointment in force."),
    ),
    "MTG-12": (_("The person is on the list and has not left."), _("Record first that they left.")),
    "MTG-13": (_("Attendance begins and ends on the day of the meeting, not in the future."), _("Correct the time.")),
    "MTG-14": (
        _("The attendance list has no such line, or they have left, or came only later."),
        _("Choose a line of those present, and a time after their arrival."),
    ),
    "MTG-15": (_("A meeting opens on its day."), _("Open it on that day, or put the meeting off.")),
    "MTG-16": (
        _("Both co-chairs, or alternates of theirs, must be present and free of a conflict of interest."),
        _("Record their attendance, or wait for them."),
    ),
    "MTG-17": (
        _("Too few of a side are present; how many are needed, the edition says."),
        _("Record who is present, or wait for them."),
    ),
    "MTG-18": (_("A decision is taken between the opening and now."), _("Correct the time.")),
    "MTG-19": (_("A meeting closes after its last decision, not in the future."), _("Correct the time.")),
    "MTG-20": (
        _("What a meeting adopted is put before both co-chairs once, and wholly."),
        _("Use the page of the meeting that puts its decisions."),
    ),
    "MTG-21": (
        _("The report tells what became of each decision."),
        _("Put the decisions before the co-chairs, and wait until they have confirmed."),
    ),
    "MTG-22": (_("The report was drafted anew since it was read."), _("Read the report again, then agree.")),
    "MTG-23": (_("A side agrees once to a revision of the report."), _("Nothing is left to do for this side.")),
    "MTG-24": (_("The report is published when both secretariats agree."), _("Wait for the other side.")),
}
