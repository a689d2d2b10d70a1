"""What a desk shows, in a number of queries that does not grow with the number of files."""

from apps.dashboard.selectors.beside import Decided, Polled, Rest, decided_lately, next_meeting, polled, rests_ahead
from apps.dashboard.selectors.desk import Assignment, Designation, Desk, Matter, News, desk_of, openings, waiting_for_others

__all__ = [
    "Assignment", "Decided", "Designation", "Desk", "Matter", "News", "Polled", "Rest", "decided_lately", "desk_of",
    "next_meeting", "openings", "polled", "rests_ahead", "waiting_for_others",
]  # fmt: skip
