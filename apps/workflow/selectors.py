"""Reading deadlines, files, and which edition of the rules applies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from json import loads
from typing import Protocol

from django.conf import settings
from django.db.models import QuerySet

from apps.accounts.roles import Side
from apps.core.holidays import national_holidays
from apps.core.statements import first_row, read
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.selectors import current_versions, with_house
from apps.workflow import registry
from apps.workflow.editions import Edition, NoRules, edition, in_force
from apps.workflow.models import Deadline, EditionInForce, Heartbeat, HolidayList, Subject
from apps.workflow.one_query import in_one_query
from apps.workflow.table import Limit, Procedure

# No promise in working days is so long that its count leaves these years.
YEARS_AHEAD = 3

# What works by itself, and what waits for it, is late after this.
LATE = timedelta(minutes=5)

# A file: procedure and key.
File = tuple[str, int]


def waiting_for_clock(at: datetime) -> QuerySet[Deadline]:
    """Deadlines that the system must act on, in the order in which they fell due."""
    return Deadline.objects.filter(closed_at=None, by_clock=True, due_at__lte=at).order_by("due_at", "id")


def open_deadlines(subject: Subject) -> QuerySet[Deadline]:
    """A file's running deadlines, the next one first."""
    return Deadline.objects.filter(subject_type=subject.procedure.key, subject_id=subject.pk, closed_at=None)


def limit_of(deadline: Deadline, subject: Subject) -> Limit | None:
    """The time limit of the table that a running deadline of a file comes of."""
    row = subject.procedure.row(subject.edition, deadline.step)
    return row.limit_in(subject.state) if row else None


def limits_of(subject: Subject) -> list[tuple[Deadline, Limit]]:
    """A file's running deadlines, each with the limit of the table that it comes of; one query."""
    return [(one, limit) for one in open_deadlines(subject) if (limit := limit_of(one, subject))]


def running_limits() -> Iterator[tuple[Subject, Deadline, Limit]]:
    """Every time limit that runs, with its file and the limit of the table that it comes of."""
    running = list(Deadline.objects.filter(closed_at=None).order_by("due_at", "id"))
    files = files_of(running)
    for one in running:
        file = files[(one.subject_type, one.subject_id)]
        if limit := limit_of(one, file):
            yield file, one, limit


# Asked once for each that fires: statements that are never built anew.
NEXT_DUE = """
from workflow_deadline r
 where closed_at is null and by_clock and due_at <= %s and not id = any(%s)
 order by due_at, id limit 1
"""
IS_DUE = """
select exists (select from workflow_deadline
 where subject_type = %s and subject_id = %s and step = %s and closed_at is null and due_at <= %s)
"""


def next_for_clock(at: datetime, left: Sequence[int]) -> Deadline | None:
    """What the system must act on at a moment: of all that fell due, the first but for those that are left aside."""
    return next(iter(read(Deadline, NEXT_DUE, [at, left])), None)


# Asked at every act of a file that awaits the clock: a statement that is never built anew.
OWED = """
from workflow_deadline r
 where closed_at is null and by_clock and due_at <= %s and subject_type = %s and subject_id = %s and not id = any(%s)
 order by due_at, id limit 1
"""


def due_by_clock(subject: Subject, at: datetime) -> Iterator[Deadline]:
    """What the clock owes to a file at a moment, in due order and each once; read anew after each act."""
    if not subject.procedure.awaits_clock(subject.edition, subject.state):
        return
    done: list[int] = []
    while found := read(Deadline, OWED, [at, subject.procedure.key, subject.pk, done]):
        done.append(found[0].pk)
        yield found[0]


def is_due(subject: Subject, step: str, at: datetime) -> bool:
    """Whether a deadline of this step is open and its moment has come."""
    return first_row(IS_DUE, [subject.procedure.key, subject.pk, step, at]) == (True,)


# Of each order the latest row; one that ends before its first day was taken back.
GENERAL_STOPS = """
select coalesce(jsonb_agg(jsonb_build_object('first_on', first_on, 'last_on', last_on, 'order', "order") order by first_on), '[]')
  from (select distinct on ("order") * from workflow_generalstop order by "order", id desc) r where last_on >= first_on
"""


def general_stops() -> list[dict[str, str]]:
    """The days on which every clock stands still, as a file keeps them."""
    found = first_row(GENERAL_STOPS, [])
    stops: list[dict[str, str]] = loads(found[0]) if found else []
    return stops


def days_off(since: date) -> dict[date, str]:
    """The holidays of either country from a day on, for some years: day -> the sides that rest, by comma.

    Where nobody has written down a year, what the country's holidays are known to be.
    """
    found: dict[date, list[str]] = {}
    for side, day, _name in holidays(range(since.year, since.year + YEARS_AHEAD)):
        found.setdefault(day, []).append(side.value)
    return {day: ",".join(sides) for day, sides in found.items() if day >= since}


def holidays(years: Collection[int]) -> Iterator[tuple[Side, date, str]]:
    """Each holiday of both sides in some years, with its name in the side's list; one query.

    Where nobody has written down a year, what the country's holidays are known to be.
    """
    written = HolidayList.objects.filter(year__in=years).order_by("side", "year", "-id").distinct("side", "year")
    lists = {(one.side, one.year): [(date.fromisoformat(day), name) for day, name in one.days] for one in written}
    for side in Side:
        for year in years:
            yield from ((side, day, name) for day, name in lists.get((side.value, year)) or seeded(side, year))


def seeded(side: Side, year: int) -> list[tuple[date, str]]:
    """What the holidays of a side in a year are known to be, before its secretariat has said so."""
    return national_holidays("JP" if side == Side.JAPAN else settings.JCM_PARTNER["code"], year)


def edition_in_force(on: date) -> Edition:
    """The edition that files are opened under on a day: the one last adopted by then, else the partner country's first.

    Raises NoRules when none was in force yet. Source: rules 3.11.
    """
    adopted = EditionInForce.objects.filter(starts_on__lte=on).order_by("-starts_on", "-id").first()
    return edition(adopted.edition) if adopted else in_force(settings.JCM_PARTNER["code"], on)


def swept_at() -> datetime | None:
    """When the last sweep ended; None when none ever did."""
    return Heartbeat.objects.filter(job=Heartbeat.SWEEP).values_list("beat_at", flat=True).first()


class About(Protocol):
    """What names a file, as a deadline, a message or an item of a ballot does."""

    @property
    def subject_type(self) -> str: ...

    @property
    def subject_id(self) -> int | None: ...


def file_of(subject_type: str, subject_id: int | None) -> Subject | None:
    """One file by its procedure and key, as a row about it names it; None where there is none."""
    if not registry.is_procedure(subject_type):
        return None
    return registry.model_of(subject_type)._default_manager.filter(pk=subject_id).first()


def files_of(abouts: Iterable[About]) -> dict[File, Subject]:
    """The files that some rows are about, those that there are, each with what its pages read of it; one query."""
    wanted: dict[str, set[int]] = {}
    for one in abouts:
        wanted.setdefault(one.subject_type, set()).add(one.subject_id or 0)
    found = in_one_query([with_related(registry.model_of(key)).filter(pk__in=pks) for key, pks in wanted.items()])
    return {(one.procedure.key, one.pk): one for one in found}


@contextmanager
def looking(subject: Subject) -> Iterator[None]:
    """As long as a file is only looked at, what is read of it by `once` is read once; of the files that it names, too."""
    files = [one for one in (subject, *_named(subject)) if one.read_once is None]
    for one in files:
        one.read_once = {}
    try:
        yield
    finally:
        for one in files:
            vars(one).pop("read_once", None)


def _named(subject: Subject) -> Iterator[Subject]:
    """The files that a file refers to, as far as they were read with it."""
    waiting: list[Subject] = [subject]
    for one in waiting:
        named = [found for found in one._state.fields_cache.values() if isinstance(found, Subject)]
        waiting += [found for found in named if not any(found is known for known in waiting)]
    yield from waiting[1:]


def current_paper(subject: Subject, kind: Kind) -> DocumentVersion | None:
    """The version of a kind of a file's documents that counts as handed in, read with whoever handed it in; None without one."""
    if subject.known_papers is None:
        found = with_house(current_versions(subject.procedure.key, subject.pk, (kind,)))
        return subject.once(("paper", kind), found.first)
    newest = next((one for one in subject.known_papers if one.kind == kind), None)
    return None if newest is None or newest.is_infected else newest


def with_related(model: type[Subject]) -> QuerySet[Subject]:
    """All files of a model, each with what its pages read of its relations."""
    files: QuerySet[Subject] = model._default_manager.all()
    return files.select_related(*model.read_with) if model.read_with else files


def edition_for(procedure: Procedure, on: date) -> Edition:
    """The edition that files of a procedure are opened under on a day.

    Raises NoRules where none was in force, or where the one in force does not know this procedure.
    """
    found = edition_in_force(on)
    if found.key not in procedure.tables:
        raise NoRules(f"{found.key}, in force on {on.isoformat()}, does not know {procedure.key}")
    return found
