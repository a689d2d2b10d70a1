"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "BAL-01": ("There is nothing on the ballot.", "Add an item, then circulate."),
    "BAL-02": (
        "An item is about a file that does not exist.",
        "Name the file again; a number that was never given leads nowhere.",
    ),
    "BAL-03": (
        "The step is not one that the committee decides in that file's table.",
        "Choose a step whose table names the Joint Committee.",
    ),
    "BAL-04": ("A text without a step has no inputs of a step.", "Leave the inputs empty, or name the file and the step."),
    "BAL-05": (
        "An item's words or days do not fit: too long, or the last day of effect lies before the first.",
        "Shorten the text, or correct the days.",
    ),
    "BAL-06": (
        "A step of a file stands once on a ballot, and a reply answers at least one item.",
        "Remove the second item, or answer one.",
    ),
    "BAL-07": (
        "A meeting has a day; any other form has no meeting's day, number or place.",
        "Give the day of the meeting, or leave the meeting's fields empty.",
    ),
    "BAL-08": ("Circulation and positions take effect on the day on which they are done.", "Leave the effective date empty."),
    "BAL-09": (
        "Each side sits with one co-chair and no more members than the edition allows.",
        "Appoint a co-chair, or end appointments, then circulate.",
    ),
    "BAL-10": (
        "A ballot keeps the members of the day of its circulation.",
        "Only those who sat then can answer; speak through your co-chair.",
    ),
    "BAL-11": ("Whoever does not agree, asks for a meeting or withdraws an item says why.", "Write the reason."),
    "BAL-12": ("There is no item of that number on the ballot.", "Choose an item of the ballot."),
    "BAL-13": ("The item has its outcome already.", "Read the outcome; a correction is another decision."),
    "BAL-14": (
        "The window for replies has ended; a late reply does not count.",
        "Tell the co-chair of your side, who may still speak.",
    ),
    "BAL-15": ("After the window, and on what a meeting decided, only the co-chairs speak.", "Tell the co-chair of your side."),
    "BAL-16": ("What a meeting decides is confirmed on the day of the meeting or later.", "Confirm on that day."),
    "BAL-17": (
        "What has been said makes no open item's outcome certain yet.",
        "Wait for the missing replies or for the end of the window.",
    ),
    "BAL-18": ("No adopted item waits to take effect.", "Nothing is left to do."),
    "BAL-19": ("A ballot closes when nothing on it is open.", "Wait for the open items, or withdraw them one by one."),
    "BAL-20": (
        "A step of the committee is performed only by an adopted item about this step of this file.",
        "Put the step to the committee.",
    ),
    "BAL-21": (
        "A decision cannot be taken back by withdrawing its ballot.",
        "Withdraw the items that are still open; correct an adopted one by another decision.",
    ),
    "BAL-22": (
        "An adopted step failed by a fault of the system, not of the rules.",
        "The secretariat tries again; tell the operator if it fails twice.",
    ),
    "BAL-23": (
        "An alternate speaks within the scope of the appointment.",
        "Leave this item to the member, or have the appointment's scope widened.",
    ),
    "BAL-24": (
        "The text or the papers of an item have changed since they were read.",
        "Read what changed, then answer again; the earlier answer does not count.",
    ),
    "BAL-25": (
        "Two answered for one seat at once; the second has not read the first.",
        "Read the answer that was recorded, then answer again if it is to be replaced.",
    ),
    "BAL-26": (
        "Whoever declared a conflict of interest on an item says nothing more on it.",
        "Leave it to the alternate; a conflict declared in error is told to the co-chair.",
    ),
    "BAL-27": (
        "A secretariat writes down replies of its own side's members only.",
        "Hand the reply to the secretariat of the member's side.",
    ),
    "BAL-28": (
        "A reply on paper has its own scan, and a day between the circulation and today.",
        "Hand in the scan of this reply; correct the day.",
    ),
    "BAL-29": ("No reply on paper waits for this member's confirmation.", "Nothing is left to do."),
    "BAL-30": ("Only a reply that can no longer count is kept as a late comment.", "Take a position on the item instead."),
    "BAL-31": ("An amendment changes something.", "Change the question, the text, the inputs or the days."),
    "BAL-32": ("The papers are those that were put to the members.", "Nothing is left to do."),
    "BAL-33": ("A window for replies still runs, or no item is open.", "Wait for the end of the window."),
    "BAL-34": (
        "A correction names an adopted item by the number of its decision and its own.",
        "Write both, such as JC-IN-2026-012/3.",
    ),
    "BAL-35": (
        "Only the committee, its secretariats and whom a side consults speak inside a side.",
        "Speak through the co-chair of your side.",
    ),
    "BAL-36": ("Notes inside a side are written while the ballot runs.", "Nothing can be added any more."),
    "BAL-37": ("A note says something, in ordinary letters and not too many.", "Write your words, or say that you concur."),
    "BAL-38": (
        "What is put on a draft waits for the committee, and something is chosen.",
        "Tick at least one case of the list; read the page again where a case is gone.",
    ),
    "BAL-39": (
        "A reply on paper is that of somebody who held the office when it was received.",
        "Correct the day of receipt; what somebody sends after their office has ended does not count.",
    ),
}
