"""What somebody who knows PostgreSQL would write instead of the door: the same locks, the same rows, plain psycopg."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
from psycopg.types.json import Jsonb

from apps.events.kinds import subscribers_of
from apps.workflow.editions import INDIA_2026

JST = ZoneInfo("Asia/Tokyo")
MOVES = {"here": ("forward", "there", "back", "consideration_days"), "there": ("back", "here", "forward", "completeness_days")}
CLAUSES = {"forward": "B 2", "back": "B 3"}

MEMBER = """select m.role, m.side, m.organisation_id, m.starts_on, m.ends_on, u.is_active
 from accounts_membership m join accounts_user u on u.id = m.user_id where m.id = %s for share of m"""
FILE = """select id, state, version, edition, reference, title, opened_at, state_since, moved_on
 from bench_file where id = %s for no key update"""
BOTH = """select s.id, s.state, s.version, s.edition, s.reference, s.title, s.opened_at, s.state_since, s.moved_on,
 m.role, m.side, m.organisation_id, m.starts_on, m.ends_on, u.is_active
 from bench_file s, accounts_membership m join accounts_user u on u.id = m.user_id
 where s.id = %s and m.id = %s for no key update of s for share of m"""
SAVE = (
    "update bench_file set state = %(to)s, version = %(version)s, state_since = %(at)s, moved_on = %(moved_on)s where id = %(id)s"
)
CLOSE = """update workflow_deadline set closed_at = %(at)s,
 outcome = case when step <> %(step)s then 'moot' when due_at > %(at)s then 'met' else 'late' end
 where subject_type = 'bench' and subject_id = %(id)s and closed_at is null"""
OPEN = """insert into workflow_deadline
 (subject_type, subject_id, step, clause, rule, days, both_ends, starts_on, due_at, by_clock, opened_by)
 values ('bench', %(id)s, %(next)s, %(next_clause)s, %(rule)s, %(days)s, false, %(on)s, %(due_at)s, false, %(act)s)"""
EVENT = """insert into events_event
 (type, subject_type, subject_id, subject_ref, version, from_state, to_state, acted_at, effective_on, rehearsed, actor,
  membership_id, decision_id, capacity, side, organisation_id, edition, clause, reason, data, documents, act_id, idempotency_key)
 values (%(type)s, 'bench', %(id)s, %(reference)s, %(version)s, %(from)s, %(to)s, %(at)s, %(on)s, false, 'person',
  %(member)s, null, 'secretariat', %(side)s, %(organisation)s, %(edition)s, %(clause)s, '', %(data)s, %(documents)s,
  %(act)s, null)
 returning id, recorded_at, transaction_id"""
DELIVER = "insert into events_delivery (event_id, subscriber) select %(event)s, unnest(%(told)s::text[])"
ALL = f"""with p as ({SAVE}), c as ({CLOSE}), o as ({OPEN}), e as ({EVENT}),
 d as (insert into events_delivery (event_id, subscriber) select e.id, s from e, unnest(%(told)s::text[]) s)
 select id, recorded_at, transaction_id from e"""


def statement_by_statement(connection: psycopg.Connection[Any], file: int, member: int) -> None:
    """One act, each row written by its own statement."""
    with connection.cursor() as cursor:
        person = cursor.execute(MEMBER, [member]).fetchone()
        found = cursor.execute(FILE, [file]).fetchone()
        values = judged(found, person, member)
        for sql in (SAVE, CLOSE, OPEN):
            cursor.execute(sql, values)
        values["event"] = cursor.execute(EVENT, values).fetchone()[0]
        cursor.execute(DELIVER, values)


def in_one_statement(connection: psycopg.Connection[Any], file: int, member: int) -> None:
    """One act, all rows written by one statement."""
    with connection.cursor() as cursor:
        found = cursor.execute(BOTH, [file, member]).fetchone()
        cursor.execute(ALL, judged(found[:9], found[9:], member)).fetchone()


def judged(found: tuple[Any, ...], person: tuple[Any, ...], member: int) -> dict[str, Any]:
    """What is to be written, once it is sure that the person may and the file is ready."""
    pk, state, version, edition, reference, title, opened_at, _since, _moved_on = found
    role, side, organisation, starts_on, ends_on, active = person
    at = datetime.now(UTC)
    on = at.astimezone(JST).date()
    step, to, following, rule = MOVES[state]
    assert (active, role) == (True, "secretariat")
    assert starts_on <= on <= (ends_on or on)
    assert title
    assert opened_at <= at
    days = INDIA_2026.days(rule)
    return {
        "id": pk, "from": state, "to": to, "version": version + 1, "at": at, "on": on, "step": step, "next": following,
        "moved_on": on if step == "forward" else None, "clause": CLAUSES[step], "next_clause": CLAUSES[following],
        "rule": rule, "days": days, "due_at": due_at(on, days), "act": uuid4(), "type": f"bench.{step}", "reference": reference,
        "member": member, "side": side, "organisation": organisation, "edition": edition, "data": Jsonb({"inputs": {}}),
        "documents": Jsonb([]), "told": subscribers_of(f"bench.{step}"),
    }  # fmt: skip


def due_at(on: date, days: int) -> datetime:
    """The first moment after a window that begins on the day after."""
    return datetime.combine(on + timedelta(days=days + 1), time.min, JST)
