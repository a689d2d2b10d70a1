"""What each refusal of this app means, and what to do. Printed by `manage.py codes`, in English, beside the rulebook."""

CODES = {
    "FEED-01": ("The calendar is offered in the languages of the site alone.", "Choose one of the languages of the list."),
    "FEED-02": ("There is no calendar address in use.", "Make one on the page “Calendar”."),
    "FEED-03": ("A calendar address is in use already.", "Use it, or renew it where it was lost."),
}
