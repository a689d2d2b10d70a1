"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "BAL-01": (_("There is nothing on the ballot."), _("Add an item, then circulate.")),
    "BAL-02": (
        _("An item is about a file that does not exist."),
        _("Name the file again; a number that was never given leads nowhere."),
    ),
    "BAL-03": (
        _("The step is not one that the committee decides in that file's table."),
        _("Choose a step whose table names the Joint Committee."),
    ),
    "BAL-04": (_("A text without a step has no inputs of a step."), _("Leave the inputs empty, or name the file and the step.")),
    "BAL-05": (
        _("An item's words or days do not fit: too long, or the last day of effect lies before the first."),
        _("Shorten the text, or correct the days."),
    ),
    "BAL-06": (
        _("A step of a file stands once on a ballot, and a reply answers at least one item."),
        _("Remove the second item, or answer one."),
    ),
    "BAL-07": (
        _("A meeting has a day; any other form has no meeting's day, number or place."),
        _("Give the day of the meeting, or leave the meeting's fields empty."),
    ),
    "BAL-08": (
        _("Circulation and positions take effect on the day on which they are done."),
        _("Leave the effective date empty."),
    ),
    "BAL-09": (
        _("Each side sits with one co-chair and no more members than the edition allows."),
        _("Appoint a co-chair, or end appointments, then circulate."),
    ),
    "BAL-10": (
        _("A ballot keeps the members of the day of its circulation."),
        _("Only those who sat then can answer; speak through your co-chair."),
    ),
    "BAL-11": (_("Whoever does not agree, asks for a meeting or withdraws an item says why."), _("Write the reason.")),
    "BAL-12": (_("There is no item of that number on the ballot."), _("Choose an item of the ballot.")),
    "BAL-13": (_("The item has its outcome already."), _("Read the outcome; a correction is another decision.")),
    "BAL-14": (
        _("The window for replies has ended; a late reply does not count."),
        _("Tell the co-chair of your side, who may still speak."),
    ),
    "BAL-15": (
        _("After the window, and on what a meeting decided, only the co-chairs speak."),
        _("Tell the co-chair of your side."),
    ),
    "BAL-16": (_("What a meeting decides is confirmed on the day of the meeting or later."), _("Confirm on that day.")),
    "BAL-17": (
        _("What has been said makes no open item's outcome certain yet."),
        _("Wait for the missing replies or for the end of the window."),
    ),
    "BAL-18": (_("No adopted item waits to take effect."), _("Nothing is left to do.")),
    "BAL-19": (_("A ballot closes when nothing on it is open."), _("Wait for the open items, or withdraw them one by one.")),
    "BAL-20": (
        _("A step of the committee is performed only by an adopted item about this step of this file."),
        _("Put the step to the committee."),
    ),
    "BAL-21": (
        _("A decision cannot be taken back by withdrawing its ballot."),
        _("Withdraw the items that are still open; correct an adopted one by another decision."),
    ),
    "BAL-22": (
        _("An adopted step failed by a fault of the system, not of the rules."),
        _("The secretariat tries again; tell the operator if it fails twice."),
    ),
    "BAL-23": (
        _("An alternate speaks within the scope of the appointment."),
        _("Leave this item to the member, or have the appointment's scope widened."),
    ),
    "BAL-24": (
        _("The text or the papers of an item have changed since they were read."),
        _("Read what changed, then answer again; the earlier answer does not count."),
    ),
    "BAL-25": (
        _("Two answered for one seat at once; the second has not read the first."),
        _("Read the answer that was recorded, then answer again if it is to be replaced."),
    ),
    "BAL-26": (
        _("Whoever declared a conflict of interest on an item says nothing more on it."),
        _("Leave it to the alternate; a conflict declared in error is told to the co-chair."),
    ),
    "BAL-27": (
        _("A secretariat writes down replies of its own side's members only."),
        _("Hand the reply to the secretariat of the member's side."),
    ),
    "BAL-28": (
        _("A reply on paper has its own scan, and a day between the circulation and today."),
        _("Hand in the scan of this reply; correct the day."),
    ),
    "BAL-29": (_("No reply on paper waits for this member's confirmation."), _("Nothing is left to do.")),
    "BAL-30": (_("Only a reply that can no longer count is kept as a late comment."), _("Take a position on the item instead.")),
    "BAL-31": (_("An amendment changes something."), _("Change the question, the text, the inputs or the days.")),
    "BAL-32": (_("The papers are those that were put to the members."), _("Nothing is left to do.")),
    "BAL-33": (_("A window for replies still runs, or no item is open."), _("Wait for the end of the window.")),
    "BAL-34": (
        _("A correction names an adopted item by the number of its decision and its own."),
        _("Write both, such as JC-IN-2026-012/3."),
    ),
    "BAL-35": (
        _("Only the committee, its secretariats and whom a side consults speak inside a side."),
        _("Speak through the co-chair of your side."),
    ),
    "BAL-36": (_("Notes inside a side are written while the ballot runs."), _("Nothing can be added any more.")),
    "BAL-37": (_("A note says something, in ordinary letters and not too many."), _("Write your words, or say that you concur.")),
    "BAL-38": (
        _("What is put on a draft waits for the committee, and something is chosen."),
        _("Tick at least one case of the list; read the page again where a case is gone."),
    ),
    "BAL-39": (
        _("A reply on paper is that of somebody who held the office when it was received."),
        _("Correct the day of receipt; what somebody sends after their office has ended does not count."),
    ),
}
