"""What must be true before a ballot's step: each function is a sentence, and says what is wrong where it is not.

Codes: BAL-01 to BAL-09 the ballot and its questions, BAL-10 to BAL-16 and BAL-23 to BAL-30 positions, BAL-17 to
BAL-22 and BAL-33 outcomes and effect, BAL-39 replies on paper, BAL-31, BAL-32 and BAL-34 amendments and corrections.
"""

from apps.committee.checks.naming import item_is_on_the_ballot, item_is_open
from apps.committee.checks.opening import (
    act_takes_effect_today,
    amendment_changes_something,
    amendment_is_the_committees,
    ballot_is_electronic,
    ballot_is_not_electronic,
    corrected_item_is_adopted,
    item_is_the_committees,
    items_are_the_committees,
    meeting_fits_the_form,
    papers_have_changed,
    seats_are_lawful,
)
from apps.committee.checks.saying import (
    a_reply_waits_for_its_member,
    alternate_acts_in_scope,
    answers_are_to_open_items,
    credential_may_decide,
    member_held_office_then,
    no_conflict_is_declared,
    nobody_answered_meanwhile,
    reasons_are_given,
    reply_is_late,
    reply_was_received,
    scan_is_new,
    seat_is_of_own_side,
    speaker_holds_a_seat,
    speaker_is_heard_now,
    text_is_the_one_read,
)
from apps.committee.checks.settling import (
    an_item_is_determined,
    an_item_waits_for_effect,
    every_item_has_an_outcome,
    grounds_are_given,
    no_window_runs,
    nothing_is_adopted,
)

__all__ = [
    "a_reply_waits_for_its_member",
    "act_takes_effect_today",
    "alternate_acts_in_scope",
    "amendment_changes_something",
    "amendment_is_the_committees",
    "an_item_is_determined",
    "an_item_waits_for_effect",
    "answers_are_to_open_items",
    "ballot_is_electronic",
    "ballot_is_not_electronic",
    "corrected_item_is_adopted",
    "credential_may_decide",
    "every_item_has_an_outcome",
    "grounds_are_given",
    "item_is_on_the_ballot",
    "item_is_open",
    "item_is_the_committees",
    "items_are_the_committees",
    "meeting_fits_the_form",
    "member_held_office_then",
    "no_conflict_is_declared",
    "no_window_runs",
    "nobody_answered_meanwhile",
    "nothing_is_adopted",
    "papers_have_changed",
    "reasons_are_given",
    "reply_is_late",
    "reply_was_received",
    "scan_is_new",
    "seat_is_of_own_side",
    "seats_are_lawful",
    "speaker_holds_a_seat",
    "speaker_is_heard_now",
    "text_is_the_one_read",
]
