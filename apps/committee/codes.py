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
}
