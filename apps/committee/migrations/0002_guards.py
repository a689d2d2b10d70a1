"""What holds of a ballot whatever the application does.

A running ballot's questions are frozen, and an item gets its outcome once. Seats, positions, outcomes and
decisions are written by the act that they name, in its transaction. A position is its speaker's own, on their
own side's seat. A decision rests on the yes of both co-chairs. Source: rules 3.3, 3.6.
"""

from django.db import migrations

from apps.core.database import append_only, guarded_state

KEYS = """
alter table committee_seat add constraint seat_of_its_members_side
  foreign key (membership_id, side) references accounts_membership (id, side);
alter table committee_position add constraint position_on_a_seat_of_its_side
  foreign key (seat_id, ballot_id, side) references committee_seat (id, ballot_id, side);
alter table committee_position add constraint position_on_an_item_of_its_ballot
  foreign key (item_id, ballot_id) references committee_ballotitem (id, ballot_id);
alter table committee_decision add constraint decision_on_an_item_of_its_ballot
  foreign key (item_id, ballot_id) references committee_ballotitem (id, ballot_id);
"""
NO_KEYS = """
alter table committee_decision drop constraint decision_on_an_item_of_its_ballot;
alter table committee_position drop constraint position_on_an_item_of_its_ballot;
alter table committee_position drop constraint position_on_a_seat_of_its_side;
alter table committee_seat drop constraint seat_of_its_members_side;
"""

# The question of a circulated item never changes, its outcome is given once, and it takes effect once.
FROZEN = """
create function ballot_item_is_frozen() returns trigger language plpgsql as $$
declare
  item committee_ballotitem := case when tg_op = 'DELETE' then old else new end;
  stands text := (select state from committee_ballot where id = item.ballot_id);
begin
  if stands = 'draft' then
    return item;
  end if;
  if tg_op = 'UPDATE'
    and (new.id, new.ballot_id, new.number, new.subject_type, new.subject_id, new.step, new.inputs, new.title, new.text,
         new.effective_on, new.expires_on)
      is not distinct from
        (old.id, old.ballot_id, old.number, old.subject_type, old.subject_id, old.step, old.inputs, old.title, old.text,
         old.effective_on, old.expires_on)
    and (old.outcome = '' or (new.outcome, new.act_id) is not distinct from (old.outcome, old.act_id))
    and (old.executed_at is null or (new.executed_at, new.problems) is not distinct from (old.executed_at, old.problems))
  then
    return item;
  end if;
  raise exception 'item % of ballot % is frozen: % refused', item.number, item.ballot_id, lower(tg_op)
    using errcode = '23514', constraint = 'ballot_item_is_frozen';
end $$;
create trigger committee_ballotitem_frozen before insert or update or delete on committee_ballotitem
  for each row execute function ballot_item_is_frozen();
alter table committee_ballotitem enable always trigger committee_ballotitem_frozen;
revoke truncate on committee_ballotitem from jcm_app;
"""
NOT_FROZEN = "drop trigger committee_ballotitem_frozen on committee_ballotitem; drop function ballot_item_is_frozen()"

# Nothing is said on an item that has its outcome.
OPEN = """
create function position_is_on_an_open_item() returns trigger language plpgsql as $$
begin
  perform 1 from committee_ballotitem where id = new.item_id and outcome = '';
  if not found then
    raise exception 'item % has its outcome', new.item_id using errcode = '23514', constraint = 'position_is_on_an_open_item';
  end if;
  return new;
end $$;
create trigger committee_position_open before insert on committee_position
  for each row execute function position_is_on_an_open_item();
alter table committee_position enable always trigger committee_position_open;
"""
NOT_OPEN = "drop trigger committee_position_open on committee_position; drop function position_is_on_an_open_item()"

# A row names the act that wrote it: an event of its ballot, of the right kind, in this transaction.
BY_ACT = """
create function ballot_row_by_its_act() returns trigger language plpgsql as $$
begin
  perform 1 from events_event
   where act_id = new.act_id and subject_type = 'ballot' and subject_id = new.ballot_id and type = any (tg_argv)
     and transaction_id = pg_current_xact_id()::text::bigint;
  if not found then
    raise exception '% % has no act of its ballot in this transaction', tg_table_name, new.id
      using errcode = '23514', constraint = 'ballot_row_by_its_act';
  end if;
  return null;
end $$;
"""
NOT_BY_ACT = "drop function ballot_row_by_its_act()"

SPEAKER = """
create function position_is_its_speakers() returns trigger language plpgsql as $$
begin
  perform 1 from events_event e join committee_seat s on s.id = new.seat_id
   where e.act_id = new.act_id and e.membership_id = s.membership_id and e.side = new.side;
  if not found then
    raise exception 'position % was not taken by the holder of its seat', new.id
      using errcode = '23514', constraint = 'position_is_its_speakers';
  end if;
  return null;
end $$;
create constraint trigger committee_position_speaker after insert on committee_position
  deferrable initially deferred for each row execute function position_is_its_speakers();
alter table committee_position enable always trigger committee_position_speaker;
"""
NOT_SPEAKER = "drop trigger committee_position_speaker on committee_position; drop function position_is_its_speakers()"

# Silence of a co-chair is never consent, on whatever ground an item was adopted.
BOTH = """
create function decision_rests_on_both_co_chairs() returns trigger language plpgsql as $$
begin
  if (select count(*) from committee_seat s
       where s.ballot_id = new.ballot_id and s.is_co_chair
         and (select p.answer from committee_position p where p.seat_id = s.id and p.item_id = new.item_id
               order by p.id desc limit 1) = 'agree') <> 2
    or (select outcome from committee_ballotitem where id = new.item_id) <> 'adopted'
  then
    raise exception 'item % is not adopted by both co-chairs', new.item_id
      using errcode = '23514', constraint = 'decision_rests_on_both_co_chairs';
  end if;
  return null;
end $$;
create constraint trigger committee_decision_co_chairs after insert on committee_decision
  deferrable initially deferred for each row execute function decision_rests_on_both_co_chairs();
alter table committee_decision enable always trigger committee_decision_co_chairs;

create function adopted_item_has_its_decision() returns trigger language plpgsql as $$
begin
  if new.outcome = 'adopted' and not exists (select from committee_decision where item_id = new.id) then
    raise exception 'item % has no decision', new.id using errcode = '23514', constraint = 'adopted_item_has_its_decision';
  end if;
  return null;
end $$;
create constraint trigger committee_ballotitem_decision after insert or update of outcome on committee_ballotitem
  deferrable initially deferred for each row execute function adopted_item_has_its_decision();
alter table committee_ballotitem enable always trigger committee_ballotitem_decision;
"""
NOT_BOTH = """
drop trigger committee_ballotitem_decision on committee_ballotitem;
drop function adopted_item_has_its_decision();
drop trigger committee_decision_co_chairs on committee_decision;
drop function decision_rests_on_both_co_chairs();
"""


def by_its_act(table: str, event: str, *steps: str, when: str = "") -> migrations.RunSQL:
    """A row that an act writes is refused at commit without that act's event."""
    kinds = ", ".join(f"'ballot.{step}'" for step in steps)
    return migrations.RunSQL(
        f"create constraint trigger {table}_by_act after {event} on {table} deferrable initially deferred"
        f" for each row {when} execute function ballot_row_by_its_act({kinds});"
        f" alter table {table} enable always trigger {table}_by_act",
        f"drop trigger {table}_by_act on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("committee", "0001_initial"), ("events", "0002_guards"), ("accounts", "0002_guards")]
    operations = [
        guarded_state("committee_ballot", "ballot"),
        append_only("committee_seat"),
        append_only("committee_position"),
        append_only("committee_decision"),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(FROZEN, NOT_FROZEN),
        migrations.RunSQL(OPEN, NOT_OPEN),
        migrations.RunSQL(BY_ACT, NOT_BY_ACT),
        by_its_act("committee_seat", "insert", "circulate", "ask_to_confirm"),
        by_its_act("committee_position", "insert", "take_position"),
        by_its_act("committee_decision", "insert", "settle"),
        by_its_act(
            "committee_ballotitem", "update of outcome", "settle", "withdraw_item", "withdraw", when="when (new.outcome <> '')"
        ),
        migrations.RunSQL(SPEAKER, NOT_SPEAKER),
        migrations.RunSQL(BOTH, NOT_BOTH),
    ]
