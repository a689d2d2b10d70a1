"""States move with an event; two persons of one side stand behind each appointment; a side has one co-chair at a time."""

from django.db import migrations

from apps.core.database import guarded_state

OWN_SIDE = """
alter table composition_appointment add constraint appointment_proposed_by_its_side
  foreign key (proposed_by_id, side) references accounts_membership (id, side);
alter table composition_appointment add constraint appointment_confirmed_by_its_side
  foreign key (confirmed_by_id, side) references accounts_membership (id, side);
alter table composition_appointment add constraint appointment_office_of_its_side
  foreign key (membership_id, side) references accounts_membership (id, side);
alter table composition_appointment add constraint appointment_alternate_of_its_side
  foreign key (acts_for_id, side) references accounts_membership (id, side);
"""
NOT_OWN_SIDE = """
alter table composition_appointment drop constraint appointment_proposed_by_its_side;
alter table composition_appointment drop constraint appointment_confirmed_by_its_side;
alter table composition_appointment drop constraint appointment_office_of_its_side;
alter table composition_appointment drop constraint appointment_alternate_of_its_side;
"""

# What is confirmed was proposed by somebody else, and is not about whoever confirms it, but for an end.
TWO_PERSONS = """
create function appointment_by_two_persons() returns trigger language plpgsql as $$
declare
  confirming bigint := (select user_id from accounts_membership where id = new.confirmed_by_id);
begin
  if confirming = (select user_id from accounts_membership where id = new.proposed_by_id)
     or (confirming = new.person_id and new.state in ('cooling', 'renewal_cooling')) then
    raise exception 'appointment %: one person cannot confirm what they proposed, nor what is about themself', new.id
      using errcode = '23514', constraint = 'appointment_by_two_persons';
  end if;
  return new;
end $$;
create trigger composition_appointment_two_persons before insert or update on composition_appointment
  for each row when (new.confirmed_by_id is not null) execute function appointment_by_two_persons();
alter table composition_appointment enable always trigger composition_appointment_two_persons;
"""

# An office on file is that of its person; and no other co-chair of the side has a day in common with it.
OFFICE = """
create function appointment_office_is_lawful() returns trigger language plpgsql as $$
declare
  office accounts_membership%rowtype;
begin
  select * into office from accounts_membership where id = new.membership_id;
  if (office.user_id, office.role, office.organisation_id) is distinct from (new.person_id, new.role, new.organisation_id) then
    raise exception 'appointment %: membership % is another office', new.id, new.membership_id
      using errcode = '23514', constraint = 'appointment_office_is_its_own';
  end if;
  if new.role <> 'co_chair' or (tg_op = 'INSERT') then
    return new;
  end if;
  perform pg_advisory_xact_lock(20261126, ascii(new.side));
  perform 1 from accounts_membership m
   where m.role = 'co_chair' and m.side = new.side and m.id <> office.id
     and daterange(m.starts_on, m.ends_on, '[]') && daterange(office.starts_on, office.ends_on, '[]');
  if found then
    raise exception 'side % has a co-chair in that time', new.side
      using errcode = '23514', constraint = 'one_co_chair_per_side';
  end if;
  return new;
end $$;
create trigger composition_appointment_office before insert or update of membership_id on composition_appointment
  for each row when (new.membership_id is not null) execute function appointment_office_is_lawful();
alter table composition_appointment enable always trigger composition_appointment_office;
"""

# Who is appointed, by whom, and with which credential: none of it is written but by an act on this very file.
BY_ACT = """
create function appointment_moves_with_an_event() returns trigger language plpgsql as $$
begin
  perform 1 from events_event
   where subject_type = 'appointment' and subject_id = new.id and version = new.version
     and transaction_id = pg_current_xact_id()::text::bigint;
  if not found then
    raise exception 'appointment % has no event for version % in this transaction', new.id, new.version
      using errcode = '23514', constraint = 'appointment_moves_with_an_event';
  end if;
  return null;
end $$;
create constraint trigger composition_appointment_by_act after update of side, person_id, role, organisation_id, membership_id,
    acts_for_id, scope, proposed_by_id, confirmed_by_id, credential, new_credential, credential_usable_at on composition_appointment
  deferrable initially deferred for each row execute function appointment_moves_with_an_event();
alter table composition_appointment enable always trigger composition_appointment_by_act;
"""


class Migration(migrations.Migration):
    dependencies = [("composition", "0001_initial"), ("accounts", "0004_credentials"), ("events", "0002_guards")]
    operations = [
        guarded_state("composition_appointment", "appointment"),
        migrations.RunSQL(OWN_SIDE, NOT_OWN_SIDE),
        migrations.RunSQL(
            BY_ACT,
            "drop trigger composition_appointment_by_act on composition_appointment;"
            " drop function appointment_moves_with_an_event()",
        ),
        migrations.RunSQL(
            TWO_PERSONS,
            "drop trigger composition_appointment_two_persons on composition_appointment; drop function appointment_by_two_persons()",
        ),
        migrations.RunSQL(
            OFFICE,
            "drop trigger composition_appointment_office on composition_appointment; drop function appointment_office_is_lawful()",
        ),
    ]
