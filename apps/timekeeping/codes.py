"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "TIM-01": ("No clock of this file runs that an order could stop.", "Choose a file with a time limit that runs."),
    "TIM-02": ("A stop ends on or after its first day.", "Correct one of the days."),
    "TIM-03": ("A stop is bounded by the edition.", "Name an earlier last day; a further stop can be agreed when it is near."),
    "TIM-04": ("A stop does not reach far back.", "Name a later first day."),
    "TIM-05": (
        "What one side proposes the other answers; neither acts for both.",
        "Have the secretariat of the other side answer, or withdraw the proposal.",
    ),
    "TIM-06": ("A proposal is withdrawn by the side that made it.", "Decline it instead."),
    "TIM-07": (
        "The time limit no longer runs, has passed, or is one that no order extends.",
        "Choose another; a window of the committee begins anew with an amended text.",
    ),
    "TIM-08": ("An extension is no longer than the limit itself.", "Ask for fewer days."),
    "TIM-09": ("The stop ends today or has ended.", "Nothing has to be done: the clock runs from tomorrow."),
    "TIM-10": ("The list is the other side's.", "Have the secretariat of that side confirm or correct it."),
    "TIM-11": ("Each side has one list of holidays a year.", "Correct the list that is there."),
    "TIM-12": ("A day lies in another year.", "Write it into the list of its own year."),
}
