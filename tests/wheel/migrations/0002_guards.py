"""The guards of every procedure, and one that speaks only at the end of the transaction."""

from django.db import migrations

from apps.core.database import guarded_state

CALM = """
create function wheel_is_calm() returns trigger language plpgsql as $$
begin
  if new.label = 'scarlet' then
    raise exception 'scarlet' using errcode = '23514', constraint = 'wheel_is_calm';
  end if;
  return null;
end $$;
create constraint trigger wheel_is_calm after insert or update on wheel_wheel
  deferrable initially deferred for each row execute function wheel_is_calm();
"""


class Migration(migrations.Migration):
    dependencies = [("wheel", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("wheel_wheel", "wheel"),
        migrations.RunSQL(CALM, "drop trigger wheel_is_calm on wheel_wheel; drop function wheel_is_calm()"),
    ]
