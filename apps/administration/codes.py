"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "ADM-01": (
        _("A secretariat edits people and organisations of its own side and of neither side alone."),
        _("Ask the secretariat of the other side."),
    ),
    "ADM-02": (
        _("People, organisations and appointments are edited by the secretariats and by the administrators of the site."),
        _("Act as a secretariat, or ask yours."),
    ),
    "ADM-03": (
        _("The account of an administrator of the site is edited by administrators alone."),
        _("Ask an administrator of the site."),
    ),
    "ADM-04": (
        _("Nobody closes their own account, nor one whose person holds an office of the committee."),
        _("End the appointment first, by its procedure, in which two persons of the side take part."),
    ),
    "ADM-05": (
        _("The name of a third-party entity, or of a participant of a project, is changed by a step of that file."),
        _("Take the step for the change of name in that file; it keeps the former name with its days."),
    ),
    "ADM-06": (_("An edit is kept with its reason for ever."), _("Say in a sentence why it is made.")),
    "ADM-07": (_("Another entry has this name or this e-mail address already."), _("Use that entry, or choose another name.")),
}
