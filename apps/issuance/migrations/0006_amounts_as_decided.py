"""Amounts are written once, by the step that states them, add up, and are in the books by vintage and holder."""

from django.db import migrations

from apps.core.database import append_only, written_by_act

# Decisions from before named only the sides.
OF_BEFORE = """
insert into issuance_decidedamount (round_id, year, side, kind, holder_id, tonnes, act_id)
select r.id, null, due.side, 'side', null, due.tonnes, e.act_id
  from issuance_round r
  cross join lateral (values ('host', r.host_tonnes), ('japan', r.japan_tonnes)) as due (side, tonnes)
  join events_event e on e.subject_type = 'round' and e.subject_id = r.id and e.type = 'round.notify'
 where r.decided_on is not null
 order by r.id, due.side;
set constraints all immediate;
"""

# A year of an amount is one of the monitoring period.
YEAR_IS_MONITORED = """
create function amount_year_is_monitored() returns trigger language plpgsql as $$
begin
  perform 1 from issuance_round r
   where r.id = new.round_id
     and new.year not between extract(year from r.period_starts_on) and extract(year from r.period_ends_on);
  if found then
    raise exception 'round %: % is no year of its period', new.round_id, new.year
      using errcode = '23514', constraint = 'amount_year_is_monitored';
  end if;
  return new;
end $$;
create trigger issuance_verifiedamount_year before insert on issuance_verifiedamount
  for each row execute function amount_year_is_monitored();
create trigger issuance_decidedamount_year before insert on issuance_decidedamount
  for each row execute function amount_year_is_monitored();
alter table issuance_verifiedamount enable always trigger issuance_verifiedamount_year;
alter table issuance_decidedamount enable always trigger issuance_decidedamount_year;
"""

# Verified: the years add up to the total. Decided: the rows add up to each side's tonnes, all name a year or
# none does, a side is named as a whole or by its holders, and no year has more than was verified for it.
ADD_UP = """
create function amounts_add_up() returns trigger language plpgsql as $$
declare
  round_number bigint := (to_jsonb(new) ->> tg_argv[0])::bigint;
  failed text;
begin
  select case
    when exists (select from issuance_verifiedamount v where v.round_id = r.id
                 having count(*) > 0 and sum(v.tonnes) is distinct from r.verified_tonnes)
      then 'verified_amounts_add_up'
    when exists (select from (values ('host', coalesce(r.host_tonnes, 0)), ('japan', coalesce(r.japan_tonnes, 0))) s (side, tonnes)
                 where s.tonnes <> (select coalesce(sum(d.tonnes), 0) from issuance_decidedamount d
                                     where d.round_id = r.id and d.side = s.side))
      or (r.decided_on is null) = exists (select from issuance_decidedamount d where d.round_id = r.id)
      then 'decided_amounts_add_up'
    when exists (select from issuance_decidedamount d where d.round_id = r.id
                 having count(d.year) not in (0, count(*)) or count(*) filter (where d.kind = 'side') not in (0, count(*)))
      then 'decided_amounts_alike'
    when exists (select from issuance_verifiedamount v where v.round_id = r.id
                 and v.tonnes < (select sum(d.tonnes) from issuance_decidedamount d where d.round_id = r.id and d.year = v.year))
      then 'decided_amounts_within_the_year'
    end into failed
    from issuance_round r where r.id = round_number;
  if failed is not null then
    raise exception 'round %: its amounts do not agree (%)', round_number, failed
      using errcode = '23514', constraint = failed;
  end if;
  return null;
end $$;
create constraint trigger issuance_round_amounts
  after insert or update of verified_tonnes, decided_on, host_tonnes, japan_tonnes on issuance_round
  deferrable initially deferred for each row execute function amounts_add_up('id');
create constraint trigger issuance_verifiedamount_amounts after insert on issuance_verifiedamount
  deferrable initially deferred for each row execute function amounts_add_up('round_id');
create constraint trigger issuance_decidedamount_amounts after insert on issuance_decidedamount
  deferrable initially deferred for each row execute function amounts_add_up('round_id');
alter table issuance_round enable always trigger issuance_round_amounts;
alter table issuance_verifiedamount enable always trigger issuance_verifiedamount_amounts;
alter table issuance_decidedamount enable always trigger issuance_decidedamount_amounts;
"""

BOOKS = """
create or replace function side_is_issued_as_decided() returns trigger language plpgsql as $$
declare
  round_number bigint := (to_jsonb(new) ->> tg_argv[0])::bigint;
begin
{body}
  if found then
    raise exception 'round %: the books do not hold what was decided', round_number
      using errcode = '23514', constraint = 'side_is_issued_as_decided';
  end if;
  return null;
end $$;
"""

# As migration 0002 made it: one block of each side, of its tonnes.
OF_THE_SIDE = """
  perform 1
    from issuance_round r
    cross join lateral (values ('host', r.host_tonnes, r.host_issued_on), ('japan', r.japan_tonnes, r.japan_issued_on))
      as due (side, tonnes, issued_on)
    left join registry_block b on b.round_id = r.id and b.side = due.side
   where r.id = round_number
     and (b.issued_on is distinct from due.issued_on
          or b.tonnes is distinct from case when due.issued_on is not null then due.tonnes end);
"""

# A side that has issued has a block of its day for each vintage that was decided, of exactly these tonnes, and
# each holder that was named has them in its account; one that has not, has none.
BY_VINTAGE_AND_HOLDER = """
  perform 1
    from issuance_round r
    cross join lateral (values ('host', r.host_issued_on), ('japan', r.japan_issued_on)) as own (side, issued_on)
    left join lateral (
      select vintage, sum(decided) as decided, sum(issued) as issued, min(day) as first_on, max(day) as last_on
        from (select d.year as vintage, d.tonnes as decided, 0 as issued, null::date as day
                from issuance_decidedamount d
               where d.round_id = r.id and d.side = own.side and own.issued_on is not null and d.tonnes > 0
              union all
              select b.vintage, 0, b.tonnes, b.issued_on from registry_block b where b.round_id = r.id and b.side = own.side) both_books
       group by vintage) due on true
   where r.id = round_number
     and (due.decided <> due.issued or due.first_on is distinct from own.issued_on or due.last_on is distinct from own.issued_on);
  if not found then
    perform 1
      from issuance_round r
      join issuance_decidedamount d on d.round_id = r.id and d.kind <> 'side' and d.tonnes > 0
     where r.id = round_number
       and case d.side when 'host' then r.host_issued_on else r.japan_issued_on end is not null
       and d.tonnes is distinct from (
         select sum(t.tonnes) from registry_block b
           join registry_transfer t on t.block_id = b.id
           join registry_account a on a.id = t.credit_id
          where b.round_id = r.id and b.side = d.side and b.vintage is not distinct from d.year
            and a.kind = d.kind and a.holder_id is not distinct from d.holder_id);
  end if;
"""


class Migration(migrations.Migration):
    dependencies = [("issuance", "0005_amounts"), ("events", "0002_guards")]
    operations = [
        migrations.RunSQL(OF_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(
            YEAR_IS_MONITORED,
            "drop trigger issuance_verifiedamount_year on issuance_verifiedamount;"
            " drop trigger issuance_decidedamount_year on issuance_decidedamount; drop function amount_year_is_monitored()",
        ),
        migrations.RunSQL(
            ADD_UP,
            "drop trigger issuance_round_amounts on issuance_round;"
            " drop trigger issuance_verifiedamount_amounts on issuance_verifiedamount;"
            " drop trigger issuance_decidedamount_amounts on issuance_decidedamount; drop function amounts_add_up()",
        ),
        migrations.RunSQL(BOOKS.format(body=BY_VINTAGE_AND_HOLDER), BOOKS.format(body=OF_THE_SIDE)),
        append_only("issuance_verifiedamount"),
        append_only("issuance_decidedamount"),
        written_by_act("issuance_verifiedamount", "round", file="round_id"),
        written_by_act("issuance_decidedamount", "round", file="round_id"),
    ]
