"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "PIN-01": ("An idea note is that of the organisation whose person opens it.", "Let somebody of that organisation open it."),
    "PIN-02": ("The activity stands on the partner country's list on the day of submission.", "Choose an activity of the list."),
    "PIN-03": (
        "Whoever is registered elsewhere says where, so that nothing is counted twice.",
        "Name the other programme and the number there.",
    ),
    "PIN-04": ("The particulars by which both sides judge a planned project are needed.", "Fill in what the message names."),
    "PIN-05": (
        "Information sheets are received for the first time until the rules are in force.",
        "Withdraw the sheet and open an idea note under the rules.",
    ),
    "PIN-06": ("There is no later edition to move to on that day.", "Wait until the rules are in force."),
    "PIN-07": ("Each side answers once.", "Nothing is left to do for this side."),
    "PIN-08": ("The committee's work starts with the second answer.", "Wait for the other side."),
    "PIN-09": ("Only a project that existed before the rules is exempted.", "Submit an idea note instead."),
}
