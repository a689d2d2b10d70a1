"""Ballots, their items and seats, what was said on them, and the decisions that came of them."""

from apps.committee.models.ballot import Ballot, Decision
from apps.committee.models.items import BallotItem, ItemRevision
from apps.committee.models.voices import Attempt, Confirmation, LateReply, Position, Seat, SideNote

__all__ = [
    "Attempt",
    "Ballot",
    "BallotItem",
    "Confirmation",
    "Decision",
    "ItemRevision",
    "LateReply",
    "Position",
    "Seat",
    "SideNote",
]
