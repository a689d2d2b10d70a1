"""What must hold after each act, each by a statement of its own that names what breaks it.

The statements know the tables and nothing of the code that fills them, so that they can disagree with it. Those that
need the procedures' tables are in `log.py`. Numbers as in the design's list of invariants.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from apps.core.statements import first_row
from apps.workflow import registry
from tests.walks.commits import tables

# No two issuances of one project share a day; one issuance per decision item, one decision per round. Of one round a side may
# have several blocks, each of another vintage.
I_01 = """
select format('rounds %s and %s of project %s share days', a.id, b.id, a.project_id) from issuance_round a join issuance_round b
  on b.project_id = a.project_id and b.id > a.id
 and daterange(a.period_starts_on, a.period_ends_on, '[]') && daterange(b.period_starts_on, b.period_ends_on, '[]')
 where a.claims_period and b.claims_period or a.decided_on is not null and b.decided_on is not null
union all
select format('blocks %s and %s of project %s share days', a.id, b.id, a.project_id) from registry_block a join registry_block b
  on b.project_id = a.project_id and b.id > a.id and b.side = a.side
 and daterange(a.period_starts_on, a.period_ends_on, '[]') && daterange(b.period_starts_on, b.period_ends_on, '[]')
 where (b.round_id = a.round_id and b.vintage <> a.vintage) is not true
union all
select format('block %s of round %s has other days or another year than its round', b.id, b.round_id)
  from registry_block b join issuance_round r on r.id = b.round_id
 where (b.period_starts_on, b.period_ends_on) <> (r.period_starts_on, r.period_ends_on)
    or b.vintage not between extract(year from r.period_starts_on) and extract(year from r.period_ends_on)
union all
select format('decision %s notified %s rounds', decision_id, count(*)) from events_event
 where type = 'round.notify' group by decision_id having count(*) > 1 or decision_id is null
union all
select format('round %s was notified %s times', subject_id, count(*)) from events_event
 where type = 'round.notify' group by subject_id having count(*) > 1
"""

# Both sides' tonnes are the decided ones and no more than the verified, in all and in each year; the amounts as decided and as
# verified add up to them; what is issued is what was decided, vintage by vintage.
I_02 = """
select format('round %s: %s + %s of %s decided, %s verified', id, host_tonnes, japan_tonnes, decided_tonnes, verified_tonnes)
  from issuance_round where decided_on is not null
   and (host_tonnes + japan_tonnes = decided_tonnes and decided_tonnes <= verified_tonnes
     and host_tonnes >= 0 and japan_tonnes >= 0) is not true
union all
select format('round %s: %s t verified, %s t by year in %s years of %s', r.id, r.verified_tonnes, sum(v.tonnes), count(*),
   extract(year from r.period_ends_on) - extract(year from r.period_starts_on) + 1)
  from issuance_round r join issuance_verifiedamount v on v.round_id = r.id
 group by r.id having sum(v.tonnes) is distinct from r.verified_tonnes
     or count(distinct v.year) <> extract(year from r.period_ends_on) - extract(year from r.period_starts_on) + 1
     or min(v.year) <> extract(year from r.period_starts_on) or min(v.tonnes) < 0
union all
select format('round %s of one year: %s t verified, and no amount of that year', r.id, r.verified_tonnes) from issuance_round r
 where r.verified_tonnes is not null and extract(year from r.period_starts_on) = extract(year from r.period_ends_on)
   and not exists (select from issuance_verifiedamount v where v.round_id = r.id)
union all
select format('round %s, %s: %s t are decided, %s t as decided', r.id, s.side, s.tonnes, d.tonnes) from issuance_round r
 cross join lateral (values ('host', host_tonnes), ('japan', japan_tonnes)) s (side, tonnes)
 cross join lateral (select sum(tonnes) as tonnes, min(tonnes) as least, count(year) as years, count(*) as n,
     count(*) filter (where kind = 'side') as sides from issuance_decidedamount d where d.round_id = r.id and d.side = s.side) d
 where coalesce(s.tonnes, 0) <> coalesce(d.tonnes, 0) or d.least < 0 or (r.decided_on is null and d.n > 0)
    or d.years not in (0, d.n) or d.sides not in (0, d.n) or (d.sides > 1 or d.sides = 1 and d.years > 0)
union all
select format('round %s, %s: %s t decided, %s t verified', d.round_id, d.year, sum(d.tonnes), v.tonnes)
  from issuance_decidedamount d join issuance_verifiedamount v on v.round_id = d.round_id and v.year = d.year
 group by d.round_id, d.year, v.tonnes having sum(d.tonnes) > v.tonnes
union all
select format('round %s, %s %s: %s t issued, %s t decided', r.id, s.side, x.year, x.issued, x.decided) from issuance_round r
 cross join lateral (values ('host', host_issued_on), ('japan', japan_issued_on)) s (side, issued_on)
 cross join lateral (
   select year, sum(decided) as decided, sum(issued) as issued, max(day) as day from (
     select d.year, d.tonnes as decided, 0 as issued, null::date as day from issuance_decidedamount d
      where d.round_id = r.id and d.side = s.side
     union all
     select b.vintage, 0, b.tonnes, b.issued_on from registry_block b where b.round_id = r.id and b.side = s.side) y
    group by year) x
 where x.issued <> case when s.issued_on is null then 0 else x.decided end or x.day <> s.issued_on
union all
select format('block %s is of no decided round', b.id) from registry_block b
 where not exists (select from issuance_round r
   where r.id = b.round_id and r.project_id = b.project_id and r.decided_on is not null)
union all
select format('round %s was authorised on %s, but decided on %s and issued by Japan on %s', id, authorised_on, decided_on,
   japan_issued_on) from issuance_round
 where authorised_on is not null and (decided_on <= authorised_on and (japan_issued_on >= authorised_on) is not false) is not true
"""

# Serials are given out once and without a gap, and each stands in one account. Nothing is retired or cancelled yet: there is
# no step for it, so that "terminal" waits for that step.
I_03 = """
select format('serials %s do not follow %s', serial, last) from
 (select serial, coalesce(lag(upper(serial)) over (order by lower(serial)), 1) as last from registry_block) b
 where lower(serial) <> last
union all
select format('the head stands at %s, the blocks at %s', head, given) from
 (select (select coalesce(max(last), 0) from registry_serialhead) as head,
         (select coalesce(max(upper(serial)) - 1, 0) from registry_block) as given) x where head <> given
union all
select format('block %s: %s t of %s t stand in accounts', b.id, coalesce(sum(t.tonnes), 0), b.tonnes)
  from registry_block b left join registry_transfer t on t.block_id = b.id
 group by b.id having range_agg(t.serial) is distinct from int8multirange(b.serial) or sum(t.tonnes) is distinct from b.tonnes
"""

# Entries cancel out. A transfer is one row with a debit and a credit, so that it cancels out by its form; what can go wrong is
# looked at instead: an end without an account, another side's account, credits that come from elsewhere than the side's source.
I_04 = """
with entry as (
  select t.block_id, t.debit_id as account_id, -t.tonnes as tonnes from registry_transfer t
  union all select t.block_id, t.credit_id, t.tonnes from registry_transfer t)
select format('block %s: its entries add up to %s', block_id, sum(e.tonnes))
  from entry e join registry_account a on a.id = e.account_id
 group by block_id having sum(e.tonnes) <> 0
union all
select format('all entries add up to %s', sum(e.tonnes)) from entry e join registry_account a on a.id = e.account_id
having sum(e.tonnes) <> 0
union all
select format('block %s: its side''s source stands at %s', b.id, coalesce(sum(e.tonnes), 0)) from registry_block b
  left join registry_account a on a.side = b.side and a.kind = 'source'
  left join entry e on e.block_id = b.id and e.account_id = a.id
 group by b.id having coalesce(sum(e.tonnes), 0) <> -b.tonnes
union all
select format('block %s of %s is entered in account %s of %s', b.id, b.side, a.id, a.side) from registry_block b
  join entry e on e.block_id = b.id join registry_account a on a.id = e.account_id where a.side <> b.side
union all
select format('round %s, %s %s: %s was decided %s t and received %s t', d.round_id, d.side, d.year, coalesce(d.holder_id::text,
   d.kind), d.tonnes, coalesce(sum(t.tonnes), 0))
  from issuance_decidedamount d join issuance_round r on r.id = d.round_id
   and case d.side when 'host' then r.host_issued_on else r.japan_issued_on end is not null
  left join registry_account a on a.side = d.side and a.kind = d.kind and a.holder_id is not distinct from d.holder_id
  left join registry_block b on b.round_id = d.round_id and b.side = d.side and b.vintage is not distinct from d.year
  left join registry_transfer t on t.block_id = b.id and t.credit_id = a.id
 where d.kind <> 'side' group by d.id having coalesce(sum(t.tonnes), 0) <> d.tonnes
union all
select format('account %s stands at %s', a.id, sum(e.tonnes)) from registry_account a join entry e on e.account_id = a.id
 where a.kind <> 'source' group by a.id having sum(e.tonnes) < 0
"""

# Each position and each act is of the side on which its person was appointed on that day (for a reply on paper, the day on which
# it was received); two persons of one side stand behind an
# appointment to the committee. Signatures and their keys do not exist
# yet: "key enrolled before" waits for them.
I_06 = """
select format('position %s of %s by membership %s of %s', p.id, p.side, m.id, m.side) from committee_position p
  left join committee_seat s on s.id = p.seat_id
  left join accounts_membership m on m.id = p.membership_id
  left join events_event e on e.act_id = p.act_id
 where (p.side = s.side and s.side = m.side and e.side = p.side and s.ballot_id = p.ballot_id
   and (m.id = s.membership_id or m.acts_for_id = s.membership_id)
   and (e.membership_id = m.id or p.on_paper and e.capacity = 'secretariat')
   and daterange(m.starts_on, m.ends_on, '[]') @> coalesce(p.received_on, (p.at at time zone 'Asia/Tokyo')::date)) is not true
union all
select format('%s of %s %s for "%s" by membership %s of "%s"', e.type, e.subject_type, e.subject_id, e.side, m.id, m.side)
  from events_event e left join accounts_membership m on m.id = e.membership_id
 where e.actor = 'person' and (e.side = m.side and e.organisation_id = m.organisation_id
   and daterange(m.starts_on, m.ends_on, '[]') @> (e.acted_at at time zone 'Asia/Tokyo')::date) is not true
union all
select format('appointment %s of %s was confirmed by %s and proposed by %s', a.id, a.side, c.id, p.id)
  from composition_appointment a join accounts_membership c on c.id = a.confirmed_by_id
  left join accounts_membership p on p.id = a.proposed_by_id
 where (c.user_id <> p.user_id and c.side = a.side and p.side = a.side) is not true
union all
select format('appointment %s: membership %s is no office of its person', a.id, a.membership_id) from composition_appointment a
  left join accounts_membership m on m.id = a.membership_id
 where a.membership_id is not null and (m.user_id = a.person_id and m.role = a.role and m.side = a.side) is not true
"""

# Nobody serves both sides on one day. That no entity judges what it takes part in is looked at per act, in `log.py`.
I_07 = """
select format('person %s serves both sides: memberships %s and %s', a.user_id, a.id, b.id) from accounts_membership a
  join accounts_membership b on b.user_id = a.user_id and b.id > a.id and a.side <> '' and b.side <> '' and b.side <> a.side
   and daterange(a.starts_on, a.ends_on, '[]') && daterange(b.starts_on, b.ends_on, '[]')
"""

# Of each file the last event says the state, and there is one event per version. That the events
# follow one another is looked at in `log.py`.
_I_10 = """
select format('{key} %s is in %s at %s under %s, its %s events lead to %s at %s under %s', s.id, s.state, s.version, s.edition, n,
   e.to_state, e.version, e.edition)
  from {table} s
  left join lateral (select to_state, version, coalesce(data ->> 'moved_to_edition', edition) as edition, count(*) over () as n
     from events_event where subject_type = '{key}' and subject_id = s.id order by version desc limit 1) e on true
 where (s.state = e.to_state and s.version = e.version and s.edition = e.edition and n = s.version) is not true
"""

# One effect per key and per act. That a repeated one gives the first result, and another body none, is tried in `machine.py`.
I_12 = """
select format('key %s has %s effects', idempotency_key, count(*)) from events_event
 where idempotency_key is not null group by idempotency_key having count(*) > 1
union all
select format('act %s has %s events', act_id, count(*)) from events_event group by act_id having count(*) > 1
"""

# A deadline that fired did so at its moment or later, by one act of the clock, as of its last day; an act opens it once.
# An appointment, or a changed credential, counts when its cooling period has passed. A date that was moved has one successor, by
# an order that both sides agreed to.
I_14 = """
select format('deadline %s (%s %s, %s) fired early: due %s, closed %s', id, subject_type, subject_id, step, due_at, closed_at)
  from workflow_deadline where outcome = 'fired' and closed_at < due_at
union all
select format('deadline %s (%s %s, %s) fired by %s acts', d.id, d.subject_type, d.subject_id, d.step, count(e.id))
  from workflow_deadline d left join events_event e
    on e.subject_type = d.subject_type and e.subject_id = d.subject_id and e.type = d.subject_type || '.' || d.step
   and e.actor = 'clock' and e.acted_at = d.closed_at and e.effective_on = (d.due_at at time zone 'Asia/Tokyo')::date - 1
 where d.outcome = 'fired' group by d.id having count(e.id) <> 1
union all
select format('act %s opened %s deadlines for %s', opened_by, count(*), step) from workflow_deadline
 group by opened_by, subject_type, subject_id, step having count(*) > 1
union all
select format('deadline %s is "%s" and has %s successors', d.id, d.outcome, count(s.id)) from workflow_deadline d
  left join workflow_deadline s on s.supersedes_id = d.id and s.subject_type = d.subject_type and s.subject_id = d.subject_id
   and s.step = d.step and s.starts_on = d.starts_on and s.days = d.days and s.due_at <> d.due_at
 where d.outcome = 'superseded' or exists (select from workflow_deadline x where x.supersedes_id = d.id)
 group by d.id having d.outcome <> 'superseded' or count(s.id) <> 1
union all
select format('the clock of %s %s stands still by %s, which no order says', d.subject_type, d.subject_id, one ->> 'order')
  from workflow_deadline d cross join jsonb_array_elements(d.stops || d.extensions) one
 where not exists (select from timekeeping_timeorder o where o.reference = one ->> 'order'
   and o.state in ('standing', 'ended', 'extended'))
union all
select format('appointment %s, confirmed on %s, took effect on %s', e.subject_id, max(c.effective_on), e.acted_at)
  from events_event e
  join events_event c on c.subject_type = e.subject_type and c.subject_id = e.subject_id and c.version < e.version
   and c.type = case e.type when 'appointment.take_office' then 'appointment.confirm' else 'appointment.confirm_credential' end
 where e.type in ('appointment.take_office', 'appointment.use_credential')
 group by e.id having (e.acted_at at time zone 'Asia/Tokyo')::date <= max(c.effective_on) + 3
"""

# What is said after the end of a window does not count: no late position of a member who is no co-chair is kept, nobody acts on
# a file before what fell due on it has happened (but for what the rule refuses to the clock too: nobody takes the same office
# twice), and "met" means in time.
I_15 = """
select format('position %s came at %s, after the window of text %s of %s', p.id, p.at, r.number, r.at) from committee_position p
  join committee_seat s on s.id = p.seat_id and not s.is_co_chair
  join committee_ballot b on b.id = p.ballot_id and b.form = 'electronic' and b.stops = '[]'
  join committee_itemrevision r on r.item_id = p.item_id and r.number = p.revision
 where p.at >= ((r.at at time zone 'Asia/Tokyo')::date + 11)::timestamp at time zone 'Asia/Tokyo'
union all
select format('deadline %s is "%s": due %s, closed %s', id, outcome, due_at, closed_at) from workflow_deadline
 where outcome = 'met' and closed_at >= due_at or outcome = 'late' and closed_at < due_at
union all
select format('%s of %s %s went before %s, which was due at %s', e.type, e.subject_type, e.subject_id, d.step, d.due_at)
  from workflow_deadline d join events_event e on e.subject_type = d.subject_type and e.subject_id = d.subject_id
   and e.acted_at = d.closed_at and e.from_state <> e.to_state and e.type <> d.subject_type || '.' || d.step
 where d.by_clock and d.outcome = 'moot' and d.closed_at >= d.due_at
   and e.effective_on >= (d.due_at at time zone 'Asia/Tokyo')::date
   and not exists (select from events_event f where f.subject_type = d.subject_type and f.subject_id = d.subject_id
     and f.acted_at = d.closed_at and f.version < e.version and f.from_state <> f.to_state)
   and not exists (select from composition_appointment a join composition_appointment o
     on o.person_id = a.person_id and o.id <> a.id and o.membership_id is not null
     where d.step = 'take_office' and a.id = d.subject_id)
"""


@dataclass(frozen=True)
class Statement:
    """One statement of an invariant, and the tables on which its answer depends."""

    invariant: str
    sql: str
    tables: frozenset[str]


@cache
def statements() -> tuple[Statement, ...]:
    """Each invariant's statements, which name what breaks it."""
    of_tables = {
        "I-01": I_01, "I-02": I_02, "I-03": I_03, "I-04": I_04, "I-06": I_06, "I-07": I_07, "I-12": I_12, "I-14": I_14,
        "I-15": I_15,
    }  # fmt: skip
    found = [Statement(name, sql, _read_by(sql)) for name, text in of_tables.items() for sql in _parts(text)]
    files = {one.key: registry.model_of(one.key)._meta.db_table for one in registry.procedures()}
    # Of a new event `log.py` asks whether its file stands where it leads: here only files that changed are of interest.
    found += [Statement("I-10", _I_10.format(key=key, table=table), frozenset({table})) for key, table in files.items()]
    return tuple(found)


def _parts(text: str) -> list[str]:
    """The statements of a text, unless they begin with something in common."""
    return [text] if text.lstrip().startswith("with") else text.split("\nunion all\n")


def _read_by(sql: str) -> frozenset[str]:
    return frozenset(table for table in tables() if re.search(rf"\b{table}\b", sql))


@cache
def _sql(chosen: tuple[Statement, ...]) -> str:
    parts = " union all ".join(f"select '{one.invariant}: ' || said from ({one.sql}) t (said)" for one in chosen)
    return f"select coalesce(array_agg(x.said order by x.said), '{{}}') from ({parts}) x (said)"


def broken(changed: Collection[str] | None = None) -> list[str]:
    """What breaks an invariant, in words with its number; empty when all hold. One query.

    Where it is known which tables have changed, only the statements that read one of them are asked.
    """
    chosen = tuple(one for one in statements() if changed is None or not one.tables.isdisjoint(changed))
    (found,) = (first_row(_sql(chosen), None) if chosen else None) or ([],)
    return list(found)
