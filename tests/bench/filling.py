"""Ten thousand projects and two hundred thousand events: rows like those that real steps have made, written in bulk.

Every guard of the database holds for them: each project comes with the event of its version in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from apps.accounts.models import Membership
from apps.core import clock
from apps.issuance.models import Round
from apps.issuance.procedure import State as RoundState
from apps.projects.models import Project
from apps.projects.procedure import State
from tests.issuance.walk import Course
from tests.people import Cast, cast
from tests.projects.walk import World, noon

PROJECTS, EVENTS_EACH, ROUNDS = 10_000, 20, 3_000
LONG_EVENTS, LONG_PAPERS = 500, 200
# Far from the keys of what real steps have made.
FIRST = 1_000_000
# How many of a hundred projects stand in which state.
SHARES = {
    State.SUBMITTED: 4, State.INPUTS: 8, State.VALIDATION: 12, State.VALIDATED: 6, State.REQUESTED: 5, State.CONSIDERATION: 5,
    State.REGISTERED: 60,
}  # fmt: skip
KINDS = ["Solar heat", "Compressed biogas", "Wind power", "Efficient chillers", "Green hydrogen", "太陽光発電", "सौर ऊर्जा"]
PLACES = ["Anand", "Sangrur", "Kutch", "Pune", "Salem", "Guntur", "Hassan", "Nashik", "Jodhpur", "Cuttack", "Rewa"]
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
COPIED = """
insert into events_event
select (jsonb_populate_record(e, jsonb_build_object(
    'id', nextval('events_event_id_seq'), 'subject_id', %(first)s + n, 'version', v, 'act_id', gen_random_uuid(),
    'idempotency_key', null, 'transaction_id', pg_current_xact_id()::text::bigint))).*
  from generate_series(%(from)s::int, %(to)s::int) n, generate_series(1, %(events)s::int) v, events_event e
 where e.id = (select max(id) from events_event where subject_type = %(kind)s and subject_id = %(of)s);
insert into workflow_deadline
select (jsonb_populate_record(d, jsonb_build_object(
    'id', nextval('workflow_deadline_id_seq'), 'subject_id', %(first)s + n, 'supersedes_id', null,
    'due_at', d.due_at + make_interval(days => n %% 60 - 20)))).*
  from generate_series(%(from)s::int, %(to)s::int) n, workflow_deadline d
 where d.subject_type = %(kind)s and d.subject_id = %(of)s and d.closed_at is null;
"""
OF_PROJECTS = """
insert into projects_project
select (jsonb_populate_record(p, jsonb_build_object(
    'id', %(first)s + n, 'version', %(events)s, 'idea_note_id', null, 'supersedes_id', null, 'number', %(first)s + n,
    'reference', case when p.reference = '' then '' else 'IN' || lpad(n::text, 6, '0') end,
    'title', (%(kinds)s::text[])[1 + n %% 7] || ' at ' || (%(places)s::text[])[1 + n %% 11] || ', plant ' || n,
    'state_since', p.state_since - make_interval(hours => n), 'opened_at', p.opened_at - make_interval(hours => n),
    'registered_on', p.registered_on - n %% 900))).*
  from projects_project p, generate_series(%(from)s::int, %(to)s::int) n where p.id = %(of)s;
"""
OF_ROUNDS = """
insert into issuance_round
select (jsonb_populate_record(r, jsonb_build_object(
    'id', %(first)s + n, 'version', %(events)s, 'project_id', %(first)s + %(to)s + 1 - n))).*
  from issuance_round r, generate_series(%(from)s::int, %(to)s::int) n where r.id = %(of)s;
"""
PAPERS = """
insert into documents_documentversion
select (jsonb_populate_record(d, jsonb_build_object(
    'id', nextval('documents_documentversion_id_seq'), 'subject_id', %(project)s, 'number', 100 + n))).*
  from generate_series(1, %(papers)s::int) n, documents_documentversion d
 where d.id = (select min(id) from documents_documentversion where subject_type = 'project' and subject_id = %(of)s);
"""


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
            last = _projects(cursor, patterns)
            for place, of in enumerate(rounds):
                # Rounds of the projects that were written last, which are registered.
                span = {"from": last - (place + 1) * ROUNDS // 2 + 1, "to": last - place * ROUNDS // 2}
                _copy(cursor, OF_ROUNDS + COPIED, of, Round.procedure.key, span, EVENTS_EACH)
            _copy(cursor, PARTS + COPIED + OF_PROJECTS, patterns[State.REGISTERED], "project", _one(PROJECTS + 1), LONG_EVENTS)
            long = FIRST + PROJECTS + 1
            cursor.execute(PAPERS, {"project": long, "papers": LONG_PAPERS, "of": patterns[State.REGISTERED]})
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return Filled(world.people, world.people.members_host[0], Project.objects.get(pk=long))


def _projects(cursor: Any, patterns: dict[State, int]) -> int:
    """All projects in their shares; the number of the last one."""
    last = 0
    for state, share in SHARES.items():
        span = {"from": last + 1, "to": last + share * PROJECTS // 100}
        _copy(cursor, PARTS + COPIED + OF_PROJECTS, patterns[state], "project", span, EVENTS_EACH)
        last = span["to"]
    return last


def _one(number: int) -> dict[str, int]:
    return {"from": number, "to": number}


def _copy(cursor: Any, statements: str, of: int, kind: str, span: dict[str, int], events: int) -> None:
    given = {"first": FIRST, "of": of, "kind": kind, "events": events, "kinds": KINDS, "places": PLACES, "provinces": PROVINCES}
    for statement in filter(str.strip, statements.split(";\n")):
        cursor.execute(statement, {**given, **span})
