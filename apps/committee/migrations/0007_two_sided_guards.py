"""What holds of texts, replies and notes whatever the application does.

A running ballot's question changes only together with the revision that says so. A position is on the text that
stands, by the holder of its seat or an alternate of theirs, or on paper by the secretariat of that side. What is
said inside a side is shown to a session of that side alone. Source: rules 3.3, 3.6, 3.8.
"""

from importlib import import_module

from django.db import migrations

from apps.core.database import append_only

# What was said before there were texts of their own was on the first one, by the holder of its seat.
BACKFILL = """
alter table committee_position disable trigger user;
update committee_position p set membership_id = s.membership_id, revision = 1 from committee_seat s
 where s.id = p.seat_id and p.membership_id = 0;
alter table committee_position enable trigger user;
alter table committee_position enable always trigger committee_position_no_change;
alter table committee_position enable always trigger committee_position_no_truncate;
alter table committee_position enable always trigger committee_position_open;
alter table committee_position enable always trigger committee_position_by_act;
alter table committee_position enable always trigger committee_position_speaker;
alter table committee_ballotitem disable trigger user;
update committee_ballotitem i set circulated_on = b.circulated_on from committee_ballot b
 where b.id = i.ballot_id and b.circulated_on is not null;
update committee_ballot b set window_from_on = circulated_on where state = 'circulated';
alter table committee_ballotitem enable trigger user;
alter table committee_ballotitem enable always trigger committee_ballotitem_frozen;
alter table committee_ballotitem enable always trigger committee_ballotitem_by_act;
alter table committee_ballotitem enable always trigger committee_ballotitem_decision;
"""

FROZEN = """
create or replace function ballot_item_is_frozen() returns trigger language plpgsql as $$
declare
  item committee_ballotitem := case when tg_op = 'DELETE' then old else new end;
  stands text := (select state from committee_ballot where id = item.ballot_id);
begin
  if stands = 'draft' then
    return item;
  end if;
  if tg_op = 'UPDATE'
    and (new.id, new.ballot_id, new.number, new.subject_type, new.subject_id, new.step, new.corrects, new.taken_at)
      is not distinct from
        (old.id, old.ballot_id, old.number, old.subject_type, old.subject_id, old.step, old.corrects, old.taken_at)
    and ((new.title, new.text, new.inputs, new.effective_on, new.expires_on, new.revision, new.circulated_on)
      is not distinct from
        (old.title, old.text, old.inputs, old.effective_on, old.expires_on, old.revision, old.circulated_on)
      or old.outcome = '' and new.revision = old.revision + 1 and new.closed_on is null)
    and (old.closed_on is null or new.revision > old.revision or new.closed_on is not distinct from old.closed_on)
    and (old.outcome = '' or (new.outcome, new.act_id) is not distinct from (old.outcome, old.act_id))
    and (old.executed_at is null or (new.executed_at, new.problems) is not distinct from (old.executed_at, old.problems))
  then
    return item;
  end if;
  raise exception 'item % of ballot % is frozen: % refused', item.number, item.ballot_id, lower(tg_op)
    using errcode = '23514', constraint = 'ballot_item_is_frozen';
end $$;
"""

# Another text of a running item is the one that an act has put to the members.
PUT = """
create function item_text_is_its_revisions() returns trigger language plpgsql as $$
begin
  perform 1 from committee_itemrevision r
   where r.item_id = new.id and r.number = new.revision and r.title = new.title and r.text = new.text
     and r.inputs = new.inputs and r.effective_on is not distinct from new.effective_on
     and r.expires_on is not distinct from new.expires_on;
  if not found then
    raise exception 'item % has no revision %', new.id, new.revision
      using errcode = '23514', constraint = 'item_text_is_its_revisions';
  end if;
  return null;
end $$;
create constraint trigger committee_ballotitem_revision after update of revision on committee_ballotitem
  deferrable initially deferred for each row when (new.revision <> old.revision)
  execute function item_text_is_its_revisions();
alter table committee_ballotitem enable always trigger committee_ballotitem_revision;
alter table committee_itemrevision add constraint revision_of_an_item_of_its_ballot
  foreign key (item_id, ballot_id) references committee_ballotitem (id, ballot_id);
"""
NOT_PUT = """
alter table committee_itemrevision drop constraint revision_of_an_item_of_its_ballot;
drop trigger committee_ballotitem_revision on committee_ballotitem;
drop function item_text_is_its_revisions();
"""

OPEN = """
create or replace function position_is_on_an_open_item() returns trigger language plpgsql as $$
begin
  perform 1 from committee_ballotitem where id = new.item_id and outcome = '';
  if not found then
    raise exception 'item % has its outcome', new.item_id using errcode = '23514', constraint = 'position_is_on_an_open_item';
  end if;
  perform 1 from committee_ballotitem where id = new.item_id and revision = new.revision;
  if not found then
    raise exception 'revision % of item % does not stand', new.revision, new.item_id
      using errcode = '23514', constraint = 'position_is_on_the_text_that_stands';
  end if;
  perform 1 from committee_position
   where item_id = new.item_id and membership_id = new.membership_id and answer = 'conflict_of_interest';
  if found then
    raise exception 'membership % has a conflict of interest on item %', new.membership_id, new.item_id
      using errcode = '23514', constraint = 'position_without_a_conflict';
  end if;
  return new;
end $$;
"""

SPEAKER = """
create or replace function position_is_its_speakers() returns trigger language plpgsql as $$
begin
  perform 1 from events_event e
    join committee_seat s on s.id = new.seat_id
    join accounts_membership m on m.id = new.membership_id
   where e.act_id = new.act_id and e.side = new.side and m.side = new.side
     and (m.id = s.membership_id or m.acts_for_id = s.membership_id)
     and case when new.on_paper then e.capacity = 'secretariat' and m.id = s.membership_id
              else e.membership_id = new.membership_id end;
  if not found then
    raise exception 'position % was not taken by the holder of its seat', new.id
      using errcode = '23514', constraint = 'position_is_its_speakers';
  end if;
  return null;
end $$;
"""

# The yes of a co-chair's seat: the latest of those who have no conflict, on the text that stands.
BOTH = """
create or replace function decision_rests_on_both_co_chairs() returns trigger language plpgsql as $$
begin
  if (select count(distinct s.side) from committee_seat s
       where s.ballot_id = new.ballot_id and s.is_co_chair
         and (select p.answer from committee_position p join committee_ballotitem i on i.id = p.item_id
               where p.seat_id = s.id and p.item_id = new.item_id and p.revision = i.revision
                 and not exists (select from committee_position c
                   where c.item_id = p.item_id and c.membership_id = p.membership_id and c.answer = 'conflict_of_interest')
               order by p.id desc limit 1) in ('agree', 'agree_with_comment')) <> 2
    or (select outcome from committee_ballotitem where id = new.item_id) <> 'adopted'
  then
    raise exception 'item % is not adopted by both co-chairs', new.item_id
      using errcode = '23514', constraint = 'decision_rests_on_both_co_chairs';
  end if;
  return null;
end $$;
"""

CONFIRMED = """
create function confirmation_is_the_members() returns trigger language plpgsql as $$
begin
  perform 1 from committee_position p join events_event e on e.act_id = new.act_id
   where p.id = new.position_id and p.on_paper and p.membership_id = new.membership_id
     and e.membership_id = new.membership_id and p.ballot_id = new.ballot_id;
  if not found then
    raise exception 'confirmation % is not of whom it is about', new.id
      using errcode = '23514', constraint = 'confirmation_is_the_members';
  end if;
  return null;
end $$;
create constraint trigger committee_confirmation_member after insert on committee_confirmation
  deferrable initially deferred for each row execute function confirmation_is_the_members();
alter table committee_confirmation enable always trigger committee_confirmation_member;
"""
NOT_CONFIRMED = """
drop trigger committee_confirmation_member on committee_confirmation; drop function confirmation_is_the_members();
"""

# The room of one side. Whoever has not said whose session it is sees nothing, the owner of the table included.
ROOM = """
alter table committee_sidenote add constraint side_note_of_its_writers_side
  foreign key (membership_id, side) references accounts_membership (id, side);
alter table committee_sidenote add constraint side_note_on_an_item_of_its_ballot
  foreign key (item_id, ballot_id) references committee_ballotitem (id, ballot_id);
alter table committee_sidenote enable row level security;
alter table committee_sidenote force row level security;
create policy side_note_room on committee_sidenote
  using (side = nullif(current_setting('jcm.side', true), '')) with check (side = nullif(current_setting('jcm.side', true), ''));

-- One room, read in one statement; it is closed again before anything else can run.
create function side_notes_of(ballot bigint, of_side text) returns setof committee_sidenote language plpgsql as $$
begin
  perform set_config('jcm.side', of_side, true);
  return query select * from committee_sidenote n where n.ballot_id = ballot order by n.id;
  perform set_config('jcm.side', '', true);
end $$;
"""
NO_ROOM = """
drop function side_notes_of(bigint, text);
drop policy side_note_room on committee_sidenote;
alter table committee_sidenote no force row level security;
alter table committee_sidenote disable row level security;
alter table committee_sidenote drop constraint side_note_on_an_item_of_its_ballot;
alter table committee_sidenote drop constraint side_note_of_its_writers_side;
"""

KEYS = """
alter table committee_latereply add constraint late_reply_on_a_seat_of_its_side
  foreign key (seat_id, ballot_id, side) references committee_seat (id, ballot_id, side);
alter table committee_latereply add constraint late_reply_on_an_item_of_its_ballot
  foreign key (item_id, ballot_id) references committee_ballotitem (id, ballot_id);
"""
NO_KEYS = """
alter table committee_latereply drop constraint late_reply_on_an_item_of_its_ballot;
alter table committee_latereply drop constraint late_reply_on_a_seat_of_its_side;
"""


def by_its_act(table: str, *steps: str) -> migrations.RunSQL:
    """A row that an act writes is refused at commit without that act's event."""
    kinds = ", ".join(f"'ballot.{step}'" for step in steps)
    return migrations.RunSQL(
        f"drop trigger if exists {table}_by_act on {table};"
        f" create constraint trigger {table}_by_act after insert on {table} deferrable initially deferred"
        f" for each row execute function ballot_row_by_its_act({kinds});"
        f" alter table {table} enable always trigger {table}_by_act",
        f"drop trigger if exists {table}_by_act on {table}",
    )


def outcome_by_its_act(*steps: str) -> str:
    """The statement that lets these acts alone give an item its outcome."""
    kinds = ", ".join(f"'ballot.{step}'" for step in steps)
    return (
        "drop trigger committee_ballotitem_by_act on committee_ballotitem;"
        " create constraint trigger committee_ballotitem_by_act after update of outcome on committee_ballotitem"
        " deferrable initially deferred for each row when (new.outcome <> '')"
        f" execute function ballot_row_by_its_act({kinds});"
        " alter table committee_ballotitem enable always trigger committee_ballotitem_by_act"
    )


OUTCOMES = ("settle", "withdraw_item", "withdraw")
EARLIER = import_module("apps.committee.migrations.0002_guards")


def as_before(statement: str, function: str) -> str:
    """The statement that made a function, to make it so again."""
    whole = statement.replace(f"create function {function}", f"create or replace function {function}")
    return whole[: whole.index("end $$;") + len("end $$;")]


class Migration(migrations.Migration):
    dependencies = [("committee", "0006_windows")]
    operations = [
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        *(append_only(f"committee_{name}") for name in ("itemrevision", "confirmation", "latereply", "attempt", "sidenote")),
        migrations.RunSQL(FROZEN, as_before(EARLIER.FROZEN, "ballot_item_is_frozen")),
        migrations.RunSQL(PUT, NOT_PUT),
        migrations.RunSQL(OPEN, as_before(EARLIER.OPEN, "position_is_on_an_open_item")),
        migrations.RunSQL(SPEAKER, as_before(EARLIER.SPEAKER, "position_is_its_speakers")),
        migrations.RunSQL(BOTH, as_before(EARLIER.BOTH, "decision_rests_on_both_co_chairs")),
        migrations.RunSQL(CONFIRMED, NOT_CONFIRMED),
        migrations.RunSQL(ROOM, NO_ROOM),
        migrations.RunSQL(KEYS, NO_KEYS),
        by_its_act("committee_itemrevision", "circulate", "ask_to_confirm", "amend_item", "renew_papers"),
        by_its_act("committee_confirmation", "confirm_reply"),
        by_its_act("committee_latereply", "reply_late"),
        migrations.RunSQL(
            "drop trigger committee_position_by_act on committee_position;"
            " create constraint trigger committee_position_by_act after insert on committee_position deferrable initially"
            " deferred for each row execute function ballot_row_by_its_act('ballot.take_position', 'ballot.record_reply');"
            " alter table committee_position enable always trigger committee_position_by_act",
            "drop trigger committee_position_by_act on committee_position;"
            " create constraint trigger committee_position_by_act after insert on committee_position deferrable initially"
            " deferred for each row execute function ballot_row_by_its_act('ballot.take_position');"
            " alter table committee_position enable always trigger committee_position_by_act",
        ),
        migrations.RunSQL(outcome_by_its_act(*OUTCOMES, "defer_item"), outcome_by_its_act(*OUTCOMES)),
    ]
