"""What a desk shows, in a number of queries that does not grow with the number of files."""

from apps.dashboard.selectors.beside import Decided, Polled, Rest, decided_lately, next_meeting, polled, rests_ahead
from apps.dashboard.selectors.desk import (
    FIRST,
    Assignment,
    Ballots,
    Designation,
    Desk,
    Matter,
    News,
    ballots_among,
    desk_of,
    openings,
    waiting_for_others,
    waiting_for_reader,
)

__all__ = [
    "FIRST", "Assignment", "Ballots", "Decided", "Designation", "Desk", "Matter", "News", "Polled", "Rest", "ballots_among",
    "decided_lately", "desk_of", "next_meeting", "openings", "polled", "rests_ahead", "waiting_for_others", "waiting_for_reader",
]  # fmt: skip
