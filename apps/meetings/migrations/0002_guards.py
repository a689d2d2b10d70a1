"""What holds of a meeting whatever the application does.

What was attended, decided, remarked, reported and agreed is written by an act of its meeting and stays. A presence
ends once. The agenda changes until the session begins; then items are only added. Source: rules 3.2, 3.4, 3.7.
"""

from django.db import migrations

from apps.core.database import append_only, append_only_but_for, guarded_state, written_by_act

WRITTEN_ONCE = ("resolution", "remark", "report", "agreement")
BY_ACT = ("agendaitem", "attendance", *WRITTEN_ONCE)

AGENDA = """
create function agenda_is_before_its_meeting() returns trigger language plpgsql as $$
declare
  item meetings_agendaitem := case when tg_op = 'DELETE' then old else new end;
  stands text := (select state from meetings_meeting where id = item.meeting_id);
begin
  if stands in ('planned', 'announced')
    and (tg_op <> 'UPDATE' or (to_jsonb(new) - 'number') is not distinct from (to_jsonb(old) - 'number'))
    or (stands = 'in_session' and tg_op = 'INSERT' and item.consent <> '')
  then
    return item;
  end if;
  raise exception 'the agenda of meeting % is closed: % refused', item.meeting_id, lower(tg_op)
    using errcode = '23514', constraint = 'agenda_is_before_its_meeting';
end $$;
create trigger meetings_agendaitem_closed before insert or update or delete on meetings_agendaitem
  for each row execute function agenda_is_before_its_meeting();
alter table meetings_agendaitem enable always trigger meetings_agendaitem_closed;
revoke truncate on meetings_agendaitem from jcm_app;
"""
NO_AGENDA = "drop trigger meetings_agendaitem_closed on meetings_agendaitem; drop function agenda_is_before_its_meeting()"

ENDS_ONCE = """
create function attendance_ends_once() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.until_at is null and new.until_at is not null
    and (to_jsonb(new) - 'until_at') is not distinct from (to_jsonb(old) - 'until_at')
  then
    return new;
  end if;
  raise exception 'line % of meeting % is written once: % refused', old.line, old.meeting_id, lower(tg_op)
    using errcode = '23001', constraint = 'attendance_ends_once';
end $$;
create trigger meetings_attendance_once before update or delete on meetings_attendance
  for each row execute function attendance_ends_once();
alter table meetings_attendance enable always trigger meetings_attendance_once;
"""
NOT_ENDS_ONCE = "drop trigger meetings_attendance_once on meetings_attendance; drop function attendance_ends_once()"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("meetings_meeting", "meeting"),
        *(append_only(f"meetings_{table}") for table in WRITTEN_ONCE),
        append_only_but_for("meetings_attendance", "until_at"),
        *(written_by_act(f"meetings_{table}", "meeting", file="meeting_id") for table in BY_ACT),
        migrations.RunSQL(AGENDA, NO_AGENDA),
        migrations.RunSQL(ENDS_ONCE, NOT_ENDS_ONCE),
    ]
