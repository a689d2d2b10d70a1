"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "CMP-01": (
        _("Each side appoints its own people; neither acts for the other."),
        _("Let the secretariat or the co-chair of that side take the step."),
    ),
    "CMP-02": (
        _("What one person proposes, a second person of the same side confirms."),
        _("Let another person of the same side, its secretariat or co-chair, confirm it."),
    ),
    "CMP-03": (
        _("Nobody confirms the appointment or the credential of their own."),
        _("Let another person of the same side confirm it."),
    ),
    "CMP-04": (
        _("A side has no more members, its co-chair included, than the rules allow."),
        _("Have the end of another appointment confirmed first, or choose a later first day."),
    ),
    "CMP-05": (
        _("A side has one co-chair at a time."),
        _("Have the end of the present co-chair's appointment confirmed first, or choose a first day after it."),
    ),
    "CMP-06": (
        _("An alternate acts for a member or the co-chair of the same side, another person, who is in office by then."),
        _("Name for whom the alternate acts; for every other office leave this and the scope empty."),
    ),
    "CMP-07": (
        _("An alternate serves no longer than the person acted for."),
        _("Choose a last day that is not after the last day of that person's appointment."),
    ),
    "CMP-08": (
        _("The last day of an appointment lies neither before its first day nor before the end of the cooling period."),
        _("Choose a later last day, or leave it empty."),
    ),
    "CMP-09": (
        _(
            "What this person signs in with (password, address, passkey, app, codes) has "
            "changed, and the change does not count yet."
        ),
        _(
            "Let the side's secretariat or co-chair have the new credential confirmed; it "
            "counts when its cooling period has passed."
        ),
    ),
    "CMP-10": (
        _("The credential of this office is the one that was confirmed; there is nothing to confirm."),
        _("Nothing needs to be done."),
    ),
    "CMP-11": (
        _("The credential has changed once more since it was proposed."),
        _("Withdraw the proposal and propose the present credential."),
    ),
    "CMP-12": (
        _("An end brings the last day forward; an appointment is never prolonged, and one that has ended is history."),
        _("Choose a day before the present last day; for a longer time nominate anew."),
    ),
    "CMP-13": (
        _("This person holds this office on that side in that time already."),
        _("Choose days after the last day of the present appointment."),
    ),
    "CMP-14": (
        _("Only an office of the committee that has no file yet is brought on file."),
        _("Look the office up on the page of the Joint Committee and open the file that it has."),
    ),
    "CMP-15": (_("A body of one side sends nobody to the other side."), _("Name a body of the same side, or one of neither.")),
}
