"""A round's state moves with an event; what was decided stays as decided, and exactly that is in the books."""

from django.db import migrations

from apps.core.database import guarded_state

# Awkward case 14: amounts are stored as the committee decided them and never computed again.
AS_DECIDED = """
create function decided_amounts_stay() returns trigger language plpgsql as $$
begin
  raise exception 'round %: project, period and amounts stay as decided', old.id
    using errcode = '23514', constraint = 'decided_amounts_stay';
end $$;
create trigger issuance_round_stays_as_decided before update on issuance_round for each row
  when (old.decided_on is not null
    and (old.project_id, old.period_starts_on, old.period_ends_on, old.verified_tonnes,
         old.decided_on, old.decided_tonnes, old.host_tonnes, old.japan_tonnes)
        is distinct from
        (new.project_id, new.period_starts_on, new.period_ends_on, new.verified_tonnes,
         new.decided_on, new.decided_tonnes, new.host_tonnes, new.japan_tonnes))
  execute function decided_amounts_stay();
alter table issuance_round enable always trigger issuance_round_stays_as_decided;
"""

# A side that has issued has its decided tonnes in the books under that day; one that has not, has none.
IN_THE_BOOKS = """
create function side_is_issued_as_decided() returns trigger language plpgsql as $$
declare
  round_number bigint := (to_jsonb(new) ->> tg_argv[0])::bigint;
begin
  perform 1
    from issuance_round r
    cross join lateral (values ('host', r.host_tonnes, r.host_issued_on), ('japan', r.japan_tonnes, r.japan_issued_on))
      as due (side, tonnes, issued_on)
    left join registry_block b on b.round_id = r.id and b.side = due.side
   where r.id = round_number
     and (b.issued_on is distinct from due.issued_on
          or b.tonnes is distinct from case when due.issued_on is not null then due.tonnes end);
  if found then
    raise exception 'round %: the books do not hold what was decided', round_number
      using errcode = '23514', constraint = 'side_is_issued_as_decided';
  end if;
  return null;
end $$;
create constraint trigger issuance_round_in_the_books
  after insert or update of host_issued_on, japan_issued_on on issuance_round
  deferrable initially deferred for each row execute function side_is_issued_as_decided('id');
create constraint trigger registry_block_as_decided after insert on registry_block
  deferrable initially deferred for each row execute function side_is_issued_as_decided('round_id');
alter table issuance_round enable always trigger issuance_round_in_the_books;
alter table registry_block enable always trigger registry_block_as_decided;
"""

BLOCK_OF_A_ROUND = """
alter table registry_block add constraint block_of_a_round
  foreign key (round_id, project_id, period_starts_on, period_ends_on)
  references issuance_round (id, project_id, period_starts_on, period_ends_on);
"""


class Migration(migrations.Migration):
    dependencies = [("issuance", "0001_initial"), ("registry", "0002_guards"), ("events", "0002_guards")]
    operations = [
        guarded_state("issuance_round", "round"),
        migrations.RunSQL(
            AS_DECIDED,
            "drop trigger issuance_round_stays_as_decided on issuance_round; drop function decided_amounts_stay()",
        ),
        migrations.RunSQL(
            IN_THE_BOOKS,
            "drop trigger issuance_round_in_the_books on issuance_round;"
            " drop trigger registry_block_as_decided on registry_block; drop function side_is_issued_as_decided()",
        ),
        migrations.RunSQL(BLOCK_OF_A_ROUND, "alter table registry_block drop constraint block_of_a_round"),
    ]
