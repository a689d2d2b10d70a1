"""Appointments are append-only but for their end; nobody serves both sides; an event's actor was appointed on that side."""

from django.db import migrations

from apps.core.database import append_only_but_for, no_delete

ONE_SIDE = """
create function one_side_per_person() returns trigger language plpgsql as $$
begin
  perform 1 from accounts_user where id = new.user_id for no key update;
  perform 1 from accounts_membership m
   where m.user_id = new.user_id and m.id <> new.id and m.side <> '' and new.side <> '' and m.side <> new.side
     and daterange(m.starts_on, m.ends_on, '[]') && daterange(new.starts_on, new.ends_on, '[]');
  if found then
    raise exception 'a person cannot serve both sides at one time' using errcode = '23514', constraint = 'membership_one_side';
  end if;
  return new;
end $$;
create trigger accounts_membership_one_side before insert or update on accounts_membership
  for each row execute function one_side_per_person();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("events", "0002_guards")]
    operations = [
        migrations.RunSQL(ONE_SIDE, "drop trigger accounts_membership_one_side on accounts_membership; drop function one_side_per_person()"),
        append_only_but_for("accounts_membership", "ends_on"),
        no_delete("accounts_user"),
        no_delete("accounts_organisation"),
        migrations.RunSQL(
            "alter table events_event add constraint event_actor_was_appointed"
            " foreign key (membership_id, side) references accounts_membership (id, side)",
            "alter table events_event drop constraint event_actor_was_appointed",
        ),
    ]
