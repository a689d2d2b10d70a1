"""Moving dates: a running deadline is superseded by one that was counted anew. What is closed already stays as it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from psycopg.types.json import Jsonb

from apps.core.calendar import Extension, Stop, Unit, Window
from apps.core.statements import executed, first_row
from apps.workflow import registry
from apps.workflow.fsm import Act
from apps.workflow.models import Deadline, GeneralStop, HolidayList, Subject
from apps.workflow.selectors import File, limit_of
from apps.workflow.services.reckoning import counted, reckon
from apps.workflow.table import Procedure

AT_ONCE = 1_000
# Who stops every clock waits until nobody is opening a file, and lets no file be opened meanwhile.
GENERAL = "select pg_advisory_xact_lock(20260609, 0)"

STAND_STILL = """
update {table} set stops = stops || %s where not state = any(%s) and (%s::bigint is null or id = %s)
"""
# A stop that ends before it began is taken away.
END_EARLIER = """
update {table} set stops = (
  select coalesce(jsonb_agg(case when one ->> 'order' = %s then one || %s else one end order by place), '[]')
    from jsonb_array_elements(stops) with ordinality s (one, place)
   where one ->> 'order' <> %s or one ->> 'first_on' <= %s)
 where stops @> %s
"""


def stop_clock(stop: Stop, file: File | None, act: Act) -> list[dict[str, Any]]:
    """Let the clock of one file stand still, or (None) of every file, also of those opened meanwhile; what moved, for the log.

    A limit that has fallen due stays as it was, unless nobody has acted on it yet and the stop covers its days.
    """
    if file is None:
        _put_for_all(stop, act)
    for procedure in _procedures(file):
        final = [str(state.value) for state in procedure.final]
        with executed(STAND_STILL.format(table=_table(procedure)), [Jsonb([stop.stored()]), final, _id(file), _id(file)]):
            pass
    return list(_recounted(file, act))


def restart_clock(stop: Stop, file: File | None, act: Act) -> list[dict[str, Any]]:
    """Let a stop end with an earlier `last_on`; the limits that it moved are counted anew."""
    if file is None:
        _put_for_all(stop, act)
    last_on = stop.last_on.isoformat()
    for procedure in _procedures(file):
        parameters = [stop.order, Jsonb({"last_on": last_on}), stop.order, last_on, Jsonb([{"order": stop.order}])]
        with executed(END_EARLIER.format(table=_table(procedure)), parameters):
            pass
    return list(_recounted(file, act))


def extend_limit(deadline: Deadline, extension: Extension, act: Act) -> list[dict[str, Any]]:
    """Give a running limit further days."""
    subject = _locked(deadline.subject_type, [deadline.subject_id])[deadline.subject_id]
    running = Deadline.objects.filter(pk=deadline.pk, closed_at=None)
    return list(_superseded(((one, subject) for one in running), act, extension))


def recount_working_days(act: Act, but: Subject) -> list[dict[str, Any]]:
    """Count every running limit of working days anew, since a list of holidays has changed; but not of the file that says so."""
    which = Q(unit=Unit.WORKING_DAYS) & ~Q(subject_type=but.procedure.key, subject_id=but.pk)
    return [moved for procedure in registry.procedures() for moved in _recounted_of(procedure, which, act)]


def put_holidays(*, side: str, year: int, days: Iterable[tuple[date, str]], source: str, confirmed: bool, act: Act) -> None:
    """Write down the holidays of a side in a year; they hold from now on, for what is counted from now on."""
    rows = [[day.isoformat(), name] for day, name in days]
    HolidayList.objects.create(side=side, year=year, days=rows, source=source, confirmed=confirmed, act_id=act.id)


def _put_for_all(stop: Stop, act: Act) -> None:
    """Write a stop down for the files that will be opened, once nobody is opening one."""
    first_row(GENERAL, [])
    GeneralStop.objects.create(order=stop.order, first_on=stop.first_on, last_on=stop.last_on, act_id=act.id)


def _procedures(file: File | None) -> Iterable[Procedure]:
    return registry.procedures() if file is None else [registry.procedure(file[0])]


def _table(procedure: Procedure) -> str:
    return registry.model_of(procedure.key)._meta.db_table


def _id(file: File | None) -> int | None:
    return file[1] if file else None


def _recounted(file: File | None, act: Act) -> Iterator[dict[str, Any]]:
    for procedure in _procedures(file):
        yield from _recounted_of(procedure, Q(subject_id=file[1]) if file else Q(), act)


def _recounted_of(procedure: Procedure, which: Q, act: Act) -> Iterator[dict[str, Any]]:
    """The running limits of a procedure, some at a time; their files are locked first, as every act does."""
    keys = Deadline.objects.filter(which, subject_type=procedure.key, closed_at=None).order_by("subject_id")
    found = list(keys.values_list("subject_id", flat=True).distinct())
    for some in (found[place : place + AT_ONCE] for place in range(0, len(found), AT_ONCE)):
        files = _locked(procedure.key, some)
        running = Deadline.objects.filter(which, subject_type=procedure.key, subject_id__in=some, closed_at=None)
        yield from _superseded(((one, files[one.subject_id]) for one in running.order_by("id")), act)


def _locked(subject_type: str, keys: Iterable[int]) -> dict[int, Subject]:
    files = registry.model_of(subject_type)._default_manager.select_for_update(no_key=True)
    return {one.pk: one for one in files.filter(pk__in=list(keys)).order_by("pk")}


def _superseded(
    running: Iterable[tuple[Deadline, Subject]], act: Act, extension: Extension | None = None
) -> Iterator[dict[str, Any]]:
    """Close what is counted otherwise now and open its successor; yields what moved."""
    pairs = [(old, window) for old, subject in running if (window := _anew(old, subject, extension))]
    Deadline.objects.filter(pk__in=[old.pk for old, _window in pairs]).update(closed_at=act.at, outcome=Deadline.SUPERSEDED)
    Deadline.objects.bulk_create([_successor(old, window, act) for old, window in pairs])
    for old, window in pairs:
        days = {"from": old.last_day.isoformat(), "to": window.ends_on.isoformat()}
        yield {"file": f"{old.subject_type} {old.subject_id}", "step": old.step, **days}


def _anew(old: Deadline, subject: Subject, extension: Extension | None) -> Window | None:
    """The limit counted as it stands today; None where that gives the same day."""
    limit = limit_of(old, subject)
    if limit is None:
        return None
    before = [Extension(**one) for one in old.extensions]
    window = reckon(subject, limit, old.starts_on, [*before, *([extension] if extension else [])])
    return window if window.due_at != old.due_at else None


def _successor(old: Deadline, window: Window, act: Act) -> Deadline:
    kept = {name: getattr(old, name) for name in ("subject_type", "subject_id", "step", "clause", "rule", "by_clock")}
    return Deadline(**kept, **counted(window), opened_by=act.id, supersedes=old)
