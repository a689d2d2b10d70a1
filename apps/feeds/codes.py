"""What each refusal of this app means, and what to do. Printed in English by `manage.py codes`, beside the rulebook."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "FEED-01": (_("The calendar is offered in the languages of the site alone."), _("Choose one of the languages of the list.")),
    "FEED-02": (_("There is no calendar address in use."), _("Make one on the page “Calendar”.")),
    "FEED-03": (_("A calendar address is in use already."), _("Use it, or renew it where it was lost.")),
    "FEED-10": (
        _("Webhooks are kept by the secretariats and the registry officers of either side."),
        _("Act in such a capacity, or ask your secretariat."),
    ),
    "FEED-11": (
        _("The address is no address on https that a webhook can have."),
        _("Enter a whole address such as https://example.org/jcm, without name, password or fragment."),
    ),
    "FEED-12": (
        _("The address lies inside a private network, which this site does not call."),
        _("Choose an address that can be reached from the internet."),
    ),
    "FEED-13": (_("A webhook is told of procedures that its maker may know of."), _("Tick at least one procedure of the list.")),
    "FEED-14": (_("This side has a webhook with this address already."), _("Use it, or revoke it first.")),
    "FEED-15": (_("A side keeps no more than twenty webhooks at a time."), _("Revoke one that is no longer needed.")),
    "FEED-16": (_("The webhook has been revoked."), _("Make another one.")),
}
