"""What holds of a record whatever the application does.

It is written once, its hash is that of its bytes, and it tells the end of an act that closed its ballot or
performed one of its items. Keys are kept for ever.
"""

from django.db import migrations

from apps.core.database import append_only

OF_ITS_BYTES = """
alter table decision_records_decisionrecord add constraint record_hash_is_of_its_bytes
  check (encode(sha256(content), 'hex') = sha256);
"""
NOT_OF_ITS_BYTES = "alter table decision_records_decisionrecord drop constraint record_hash_is_of_its_bytes"

# Unlike a row of an act, a record is written after it: by the relay, from the log.
OF_AN_ACT = """
create function record_is_of_an_act() returns trigger language plpgsql as $$
begin
  perform 1 from events_event e join committee_ballot b on b.id = e.subject_id
   where e.act_id = new.act_id and e.subject_type = 'ballot' and e.subject_id = new.ballot_id
     and b.reference = new.number and b.state = 'closed'
     and e.type = case when new.supplement = 0 then 'ballot.close' else 'ballot.execute' end;
  if not found then
    raise exception 'record % tells of no act that ended its ballot', new.number
      using errcode = '23514', constraint = 'record_is_of_an_act';
  end if;
  return new;
end $$;
create trigger decision_records_decisionrecord_act before insert on decision_records_decisionrecord
  for each row execute function record_is_of_an_act();
alter table decision_records_decisionrecord enable always trigger decision_records_decisionrecord_act;
"""
NOT_OF_AN_ACT = """
drop trigger decision_records_decisionrecord_act on decision_records_decisionrecord;
drop function record_is_of_an_act();
"""


class Migration(migrations.Migration):
    dependencies = [("decision_records", "0001_initial"), ("committee", "0005_two_sided"), ("events", "0002_guards")]
    operations = [
        append_only("decision_records_recordkey"),
        append_only("decision_records_decisionrecord"),
        migrations.RunSQL(OF_ITS_BYTES, NOT_OF_ITS_BYTES),
        migrations.RunSQL(OF_AN_ACT, NOT_OF_AN_ACT),
    ]
