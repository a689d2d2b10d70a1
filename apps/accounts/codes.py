"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "ACC-01": (
        _("Some roles belong to one of the two sides, and no side was named."),
        _("Say for which side the person serves."),
    ),
    "ACC-02": (_("An appointment cannot end before it starts."), _("Correct the first or the last day.")),
    "ACC-03": (
        _("Nobody serves both sides on the same day."),
        _("End the other side's appointment first, or choose days on which it does not run."),
    ),
    "ACC-04": (_("An appointment that has ended is history."), _("Make a new appointment.")),
    "ACC-05": (_("An appointment is ended today or later, and not before it starts."), _("Choose today or a later day.")),
    "ACC-06": (
        _("The page was read in another capacity than the one acted in now."),
        _("Look at the head of the page, switch if need be, and answer again."),
    ),
    "ACC-07": (
        _(
            "A side that has two persons who can nominate and confirm appoints to the "
            "committee by itself, and ends appointments so."
        ),
        _("Let the side's secretariat or co-chair use the procedure “Appointment to the Joint Committee”."),
    ),
    "ACC-08": (
        _("An alternate acts for one appointment of the same side, and nobody else acts for another."),
        _("Say for whom the alternate acts; for every other role leave it empty."),
    ),
    "ACC-09": (
        _("A secretariat invites people of its own side and of third-party entities that are of its side or of neither."),
        _("Let the other side's secretariat invite them; somebody who no longer serves invites nobody."),
    ),
    "ACC-10": (
        _(
            "An invitation carries an appointment for a participant or a third-party "
            "entity, with the organisation, or none at all."
        ),
        _("Name both or neither; to the Joint Committee a side appoints by the procedure “Appointment to the Joint Committee”."),
    ),
    "ACC-11": (
        _("The link of an invitation is for one use, within seven days, unless it is withdrawn before."),
        _("Ask whoever invited you for another."),
    ),
    "ACC-12": (
        _("An invitation is for the address that it was sent to, and opens no second account."),
        _("Sign in with that address, then open the link again."),
    ),
}
