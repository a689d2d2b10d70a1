"""Days that cannot be are refused by their own constraint; whether somebody serves both sides is asked of days that can be."""

from importlib import import_module

from django.db import migrations

ONE_SIDE = """
create or replace function one_side_per_person() returns trigger language plpgsql as $$
begin
  if new.ends_on < new.starts_on then
    return new;
  end if;
  perform 1 from accounts_user where id = new.user_id for no key update;
  perform 1 from accounts_membership m
   where m.user_id = new.user_id and m.id <> new.id and m.side <> '' and new.side <> '' and m.side <> new.side
     and daterange(m.starts_on, m.ends_on, '[]') && daterange(new.starts_on, new.ends_on, '[]');
  if found then
    raise exception 'a person cannot serve both sides at one time' using errcode = '23514', constraint = 'membership_one_side';
  end if;
  return new;
end $$;
"""
EARLIER: str = import_module("apps.accounts.migrations.0002_guards").ONE_SIDE
BEFORE = EARLIER.split("create trigger", maxsplit=1)[0].replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_credentials")]
    operations = [migrations.RunSQL(ONE_SIDE, BEFORE)]
