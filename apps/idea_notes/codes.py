"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "PIN-01": (
        _("An idea note is that of the organisation whose person opens it."),
        _("Let somebody of that organisation open it."),
    ),
    "PIN-02": (
        _("The activity stands on the partner country's list on the day of submission."),
        _("Choose an activity of the list."),
    ),
    "PIN-03": (
        _("Whoever is registered elsewhere says where, so that nothing is counted twice."),
        _("Name the other programme and the number there."),
    ),
    "PIN-04": (
        _("The particulars by which both sides judge a planned project are needed."),
        _("Fill in what the message names."),
    ),
    "PIN-05": (
        _("Information sheets are received for the first time until the rules are in force."),
        _("Withdraw the sheet and open an idea note under the rules."),
    ),
    "PIN-06": (_("There is no later edition to move to on that day."), _("Wait until the rules are in force.")),
    "PIN-07": (_("Each side answers once."), _("Nothing is left to do for this side.")),
    "PIN-08": (_("The committee's work starts with the second answer."), _("Wait for the other side.")),
    "PIN-09": (_("Only a project that existed before the rules is exempted."), _("Submit an idea note instead.")),
}
