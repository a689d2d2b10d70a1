"""Reading the log."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from apps.core.statements import first_row
from apps.events.models import Event

# Of an act that leaves a state, or is taken in it: the act that had brought its file there.
ENTERED = """
cross join lateral (
  select b.effective_on from events_event b
   where b.subject_type = act.subject_type and b.subject_id = act.subject_id and b.version < act.version
     and b.to_state = act.from_state and b.from_state <> b.to_state
   order by b.version desc limit 1
) entered
"""
# Of a state the latest departures speak, and fewer than these say nothing.
LATEST, FEWEST = 200, 3
# Days stand between two effective days; a departure that was dated before the arrival counts as none.
STAYS = """
select count(*), min(days), percentile_disc(0.5) within group (order by days), max(days)
  from (
    select greatest(act.effective_on - entered.effective_on, 0) as days
      from (
        select subject_type, subject_id, version, from_state, effective_on from events_event
         where subject_type = %(kind)s and from_state = %(state)s and not (from_state = to_state)
         order by id desc limit %(latest)s
      ) act ENTERED
  ) stays
""".replace("ENTERED", ENTERED)

# Database -> whether its log began rehearsed.
_began: dict[str, bool] = {}


def history(subject_type: str, subject_id: int) -> QuerySet[Event]:
    """A subject's events, oldest first."""
    return Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("version")


@dataclass(frozen=True, slots=True)
class Stays:
    """How long files of a kind stayed in a state, in legal days: how many, the shortest, the median and the longest stay."""

    count: int
    shortest: int
    median: int
    longest: int


def stays_in(kind: str, state: str) -> Stays | None:
    """How long the latest files of a procedure that left a state had been in it; None where fewer than three have. One query."""
    found = first_row(STAYS, {"kind": kind, "state": state, "latest": LATEST})
    return Stays(*found) if found and found[0] >= FEWEST else None


def began_rehearsed() -> bool:
    """Whether the first event of the log was rehearsed: a real site's never is, a sample site's always.

    Of a log that has begun the answer never changes: a process asks once.
    """
    name = str(connection.settings_dict["NAME"])
    if name not in _began:
        first = Event.objects.order_by("id").values_list("rehearsed", flat=True).first()
        if first is None:
            return False
        _began[name] = first
    return _began[name]
