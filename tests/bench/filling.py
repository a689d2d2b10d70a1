"""Ten thousand projects and two hundred thousand events: rows like those that real steps have made, written in bulk.

Every guard of the database holds for them: each project comes with the event of its version in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from apps.accounts.models import Membership
from apps.core import clock
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.rehearsal import scratch
from apps.workflow.models import Deadline
from tests.issuance.walk import Course
from tests.people import Cast, cast
from tests.projects.walk import World, noon

PROJECTS, EVENTS_EACH, ROUNDS = 10_000, 20, 3_000
LONG_EVENTS = 500
# Far from the keys of what real steps have made.
FIRST = 1_000_000
# How many of a hundred projects stand in which state.
SHARES = {
    State.SUBMITTED: 4, State.INPUTS: 8, State.VALIDATION: 12, State.VALIDATED: 6, State.REQUESTED: 5, State.CONSIDERATION: 5,
    State.REGISTERED: 60,
}  # fmt: skip
KINDS = ["Solar heat", "Compressed biogas", "Wind power", "Efficient chillers", "Green hydrogen", "太陽光発電", "सौर ऊर्जा"]
PLACES = ["Anand", "Sangrur", "Kutch", "Pune", "Salem", "Guntur", "Hassan", "Nashik", "Jodhpur", "Cuttack", "Rewa"]
PAPER_KINDS = ["PDD", "MP", "SDIP", "SDIR", "MOC", "VAL", "REG", "MR", "MRS", "VRF"]
PROVINCES = ["Gujarat", "Punjab", "Maharashtra", "Tamil Nadu", "Karnataka", "Andhra Pradesh", "Rajasthan", "Odisha"]

PARTS = """
insert into projects_participant (project_id, organisation_id, side, new_name, former_name)
select %(first)s + n, p.organisation_id, p.side, p.side || ' company ' || n %% 700, ''
  from generate_series(%(from)s::int, %(to)s::int) n, projects_participant p where p.project_id = %(of)s;
insert into projects_site (project_id, place, district, state_or_province)
select %(first)s + n, (%(places)s::text[])[1 + n %% 11], 'District ' || n %% 90, (%(provinces)s::text[])[1 + n %% 8]
  from generate_series(%(from)s::int, %(to)s::int) n;
insert into projects_methodologyapplied (project_id, version_id, proposal_id)
select %(first)s + n, a.version_id, a.proposal_id
  from generate_series(%(from)s::int, %(to)s::int) n, projects_methodologyapplied a where a.project_id = %(of)s;
"""
# Copies of one row: of which tables, what differs in each of them, and of how many.
Copy = tuple[type[Model], dict[str, str], str]
EVENTS: Copy = (
    Event,
    {
        "id": "nextval('events_event_id_seq')", "subject_id": "%(first)s + n", "version": "v", "act_id": "gen_random_uuid()",
        "idempotency_key": "null", "transaction_id": "pg_current_xact_id()::text::bigint", "actor": "'clock'",
        "membership_id": "null::bigint", "decision_id": "null::bigint",
    },
    ("generate_series(%(from)s::int, %(to)s::int) n, generate_series(1, %(events)s::int) v"
     " where o.id = (select max(id) from events_event where subject_type = %(kind)s and subject_id = %(of)s)"),
)  # fmt: skip
DEADLINES: Copy = (
    Deadline,
    {
        "id": "nextval('workflow_deadline_id_seq')", "subject_id": "%(first)s + n", "supersedes_id": "null::bigint",
        "due_at": "o.due_at + make_interval(days => n %% 60 - 20)",
    },
    ("generate_series(%(from)s::int, %(to)s::int) n"
     " where o.subject_type = %(kind)s and o.subject_id = %(of)s and o.closed_at is null"),
)  # fmt: skip
PROJECT: Copy = (
    Project,
    {
        "id": "%(first)s + n", "version": "%(events)s", "idea_note_id": "null::bigint", "supersedes_id": "null::bigint",
        "number": "%(first)s + n", "reference": "case when o.reference = '' then '' else 'IN' || lpad(n::text, 6, '0') end",
        "title": "(%(kinds)s::text[])[1 + n %% 7] || ' at ' || (%(places)s::text[])[1 + n %% 11] || ', plant ' || n",
        "state_since": "o.state_since - make_interval(hours => n)", "opened_at": "o.opened_at - make_interval(hours => n)",
        "registered_on": "o.registered_on - n %% 900",
    },
    "generate_series(%(from)s::int, %(to)s::int) n where o.id = %(of)s",
)  # fmt: skip
ROUND: Copy = (
    Round,
    {"id": "%(first)s + n", "version": "%(events)s", "project_id": "%(first)s + n"},
    "generate_series(%(from)s::int, %(to)s::int) n where o.id = %(of)s",
)
PAPERS: Copy = (
    DocumentVersion,
    {
        "id": "nextval('documents_documentversion_id_seq')", "subject_id": "%(first)s + %(to)s", "number": "100 + n",
        "kind": "(%(papers)s::text[])[1 + n %% 10]",
    },
    ("generate_series(1, 200) n where o.id = (select min(id) from documents_documentversion"
     " where subject_type = %(kind)s and subject_id = %(of)s)"),
)  # fmt: skip


def statement(copy: Copy) -> str:
    """The statement that writes the copies."""
    model, changes, whence = copy
    table, columns = model._meta.db_table, [str(one.column) for one in model._meta.concrete_fields]
    said = ", ".join(changes.get(name) or f'o."{name}"' for name in columns)
    return f"insert into {table} ({', '.join(columns)}) select {said} from {table} o, {whence}"


@dataclass(frozen=True, slots=True)
class Filled:
    """Who reads, and the project with a long history."""

    people: Cast
    member: Membership
    long: Project


def filled() -> Filled:
    """A site with all of that. Needs a database of its own."""
    with clock.rehearse(noon(2027, 3, 1)) as time:
        world = World(cast(), time, "india_2026")
        course = Course(world)
        patterns = {state: world.reach(state).pk for state in SHARES}
        rounds = [course.reach(state).pk for state in (RoundState.MONITORING, RoundState.VERIFICATION)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 0")
            last = _projects(cursor, patterns)
            for place, of in enumerate(rounds):
                # Rounds of the projects that were written last, which are registered.
                span = {"from": last - (place + 1) * ROUNDS // 2 + 1, "to": last - place * ROUNDS // 2}
                _copy(cursor, of, Round.procedure.key, span, EVENTS_EACH, EVENTS, DEADLINES, ROUND)
            one = {"from": PROJECTS + 1, "to": PROJECTS + 1}
            _copy(cursor, patterns[State.REGISTERED], "project", one, LONG_EVENTS, EVENTS, PAPERS, PROJECT)
    _analysed()
    return Filled(world.people, world.people.members_host[0], Project.objects.get(pk=FIRST + PROJECTS + 1))


def _analysed() -> None:
    """Let the planner know the tables, as it does on a site that runs: only their owner can."""
    name = str(connection.settings_dict["NAME"])
    scratch._become(settings.OWNER, name)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    scratch._become(settings.APPLICATION, name)


def _projects(cursor: Any, patterns: dict[State, int]) -> int:
    """All projects in their shares; the number of the last one."""
    last = 0
    for state, share in SHARES.items():
        span = {"from": last + 1, "to": last + share * PROJECTS // 100}
        _copy(cursor, patterns[state], "project", span, EVENTS_EACH, EVENTS, DEADLINES, PROJECT)
        last = span["to"]
    return last


def _copy(cursor: Any, of: int, kind: str, span: dict[str, int], events: int, *copies: Copy) -> None:
    given = {"first": FIRST, "of": of, "kind": kind, "events": events, **span}
    names = {"kinds": KINDS, "places": PLACES, "provinces": PROVINCES, "papers": PAPER_KINDS}
    if kind == Project.procedure.key:
        for part in filter(str.strip, PARTS.split(";\n")):
            cursor.execute(part, {**given, **names})
    for copy in copies:
        cursor.execute(statement(copy), {**given, **names})
