"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "FEED-01": ("The calendar is offered in the languages of the site alone.", "Choose one of the languages of the list."),
    "FEED-02": ("There is no calendar address in use.", "Make one on the page “Calendar”."),
    "FEED-03": ("A calendar address is in use already.", "Use it, or renew it where it was lost."),
    "FEED-10": (
        "Webhooks are kept by the secretariats and the registry officers of either side.",
        "Act in such a capacity, or ask your secretariat.",
    ),
    "FEED-11": (
        "The address is no address on https that a webhook can have.",
        "Enter a whole address such as https://example.org/jcm, without name, password or fragment.",
    ),
    "FEED-12": (
        "The address lies inside a private network, which this site does not call.",
        "Choose an address that can be reached from the internet.",
    ),
    "FEED-13": ("A webhook is told of procedures that its maker may know of.", "Tick at least one procedure of the list."),
    "FEED-14": ("This side has a webhook with this address already.", "Use it, or revoke it first."),
    "FEED-15": ("A side keeps no more than twenty webhooks at a time.", "Revoke one that is no longer needed."),
    "FEED-16": ("The webhook has been revoked.", "Make another one."),
}
