"""An act of the committee is what one of its decisions says: that step of that file. No other can name the committee."""

from django.db import migrations

DECIDED = """
create function act_is_the_decisions() returns trigger language plpgsql as $$
begin
  perform 1 from committee_decision d join committee_ballotitem i on i.id = d.item_id
   where d.id = new.decision_id and i.subject_type = new.subject_type and i.subject_id = new.subject_id
     and new.type = i.subject_type || '.' || i.step;
  if not found then
    raise exception 'decision % does not say %', new.decision_id, new.type
      using errcode = '23514', constraint = 'act_is_the_decisions';
  end if;
  return new;
end $$;
create trigger events_event_decided before insert on events_event
  for each row when (new.actor = 'decision') execute function act_is_the_decisions();
alter table events_event enable always trigger events_event_decided;
"""


class Migration(migrations.Migration):
    dependencies = [("committee", "0002_guards")]
    operations = [
        migrations.RunSQL(DECIDED, "drop trigger events_event_decided on events_event; drop function act_is_the_decisions()"),
    ]
