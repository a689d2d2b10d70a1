"""The guards of every procedure, and one that speaks only at the end of the transaction."""

from django.db import migrations

from apps.core.database import guarded_state

CALM = """
create function probe_colour_is_calm() returns trigger language plpgsql as $$
begin
  if new.colour = 'scarlet' then
    raise exception 'scarlet' using errcode = '23514', constraint = 'probe_colour_is_calm';
  end if;
  return null;
end $$;
create constraint trigger probe_colour_is_calm after insert or update on probe_probe
  deferrable initially deferred for each row execute function probe_colour_is_calm();
"""


class Migration(migrations.Migration):
    dependencies = [("probe", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("probe_probe", "probe"),
        migrations.RunSQL(CALM, "drop trigger probe_colour_is_calm on probe_probe; drop function probe_colour_is_calm()"),
    ]
