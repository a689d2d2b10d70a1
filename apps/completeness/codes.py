"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "CPL-01": (_("A completeness check says of each item of the list whether it is in order."), _("Judge every item.")),
    "CPL-02": (
        _("Completion is asked for only where something is missing or wrong."),
        _("Say which item, or accept as complete."),
    ),
    "CPL-03": (_("What is not there cannot be in order."), _("Ask for completion; the document must be handed in anew.")),
    "CPL-04": (_("What the system found is not passed over in silence."), _("Say why the item is in order all the same.")),
    "CPL-05": (_("Whoever must complete something has to know what."), _("Say what is missing or wrong.")),
    "CPL-06": (_("Something that is missing or wrong stands against completeness."), _("Ask for completion.")),
}
