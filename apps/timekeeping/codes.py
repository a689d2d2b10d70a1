"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "TIM-01": (_("No clock of this file runs that an order could stop."), _("Choose a file with a time limit that runs.")),
    "TIM-02": (_("A stop ends on or after its first day."), _("Correct one of the days.")),
    "TIM-03": (
        _("A stop is bounded by the edition."),
        _("Name an earlier last day; a further stop can be agreed when it is near."),
    ),
    "TIM-04": (_("A stop does not reach far back."), _("Name a later first day.")),
    "TIM-05": (
        _("What one side proposes the other answers; neither acts for both."),
        _("Have the secretariat of the other side answer, or withdraw the proposal."),
    ),
    "TIM-06": (_("A proposal is withdrawn by the side that made it."), _("Decline it instead.")),
    "TIM-07": (
        _("The time limit no longer runs, has passed, or is one that no order extends."),
        _("Choose another; a window of the committee begins anew with an amended text."),
    ),
    "TIM-08": (_("An extension is no longer than the limit itself."), _("Ask for fewer days.")),
    "TIM-09": (_("The stop ends today or has ended."), _("Nothing has to be done: the clock runs from tomorrow.")),
    "TIM-10": (_("The list is the other side's."), _("Have the secretariat of that side confirm or correct it.")),
    "TIM-11": (_("Each side has one list of holidays a year."), _("Correct the list that is there.")),
    "TIM-12": (_("A day lies in another year."), _("Write it into the list of its own year.")),
}
