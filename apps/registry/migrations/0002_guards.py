"""The books are written once; a block is handed out to holders in full by the transaction that makes it."""

from django.db import migrations

from apps.core.database import append_only, append_only_but_for

# Credits leave the issuing side's source for accounts of that side's registry, and no other way yet.
FROM_SOURCE = """
create function transfer_leaves_the_source() returns trigger language plpgsql as $$
begin
  perform 1
    from registry_block b
    join registry_account source on source.id = new.debit_id and source.kind = 'source' and source.side = b.side
    join registry_account holder on holder.id = new.credit_id and holder.kind <> 'source' and holder.side = b.side
   where b.id = new.block_id and holder.opened_on <= b.issued_on and new.serial <@ b.serial;
  if not found then
    raise exception 'transfer % does not go from the source to a holder of its side', new.id
      using errcode = '23514', constraint = 'transfer_leaves_the_source';
  end if;
  return new;
end $$;
create trigger registry_transfer_from_source before insert on registry_transfer
  for each row execute function transfer_leaves_the_source();
alter table registry_transfer enable always trigger registry_transfer_from_source;
"""

# Debits equal credits in every row; together the rows must cover each serial of the block once.
HANDED_OUT = """
create function block_is_handed_out() returns trigger language plpgsql as $$
declare
  block registry_block;
  handed_out bigint;
  serials int8multirange;
begin
  select * into block from registry_block where id = (to_jsonb(new) ->> tg_argv[0])::uuid;
  select sum(tonnes), range_agg(serial) into handed_out, serials from registry_transfer where block_id = block.id;
  if handed_out is distinct from block.tonnes or serials is distinct from int8multirange(block.serial) then
    raise exception 'block %: % of % t are handed out', block.id, coalesce(handed_out, 0), block.tonnes
      using errcode = '23514', constraint = 'block_is_handed_out';
  end if;
  return null;
end $$;
create constraint trigger registry_block_handed_out after insert on registry_block
  deferrable initially deferred for each row execute function block_is_handed_out('id');
create constraint trigger registry_transfer_handed_out after insert on registry_transfer
  deferrable initially deferred for each row execute function block_is_handed_out('block_id');
alter table registry_block enable always trigger registry_block_handed_out;
alter table registry_transfer enable always trigger registry_transfer_handed_out;
"""

FORWARD_ONLY = """
create function serial_head_moves_forward() returns trigger language plpgsql as $$
begin
  if new.last < old.last then
    raise exception 'serials are never given back' using errcode = '23514', constraint = 'serial_head_moves_forward';
  end if;
  return new;
end $$;
create trigger registry_serialhead_forward before update on registry_serialhead
  for each row execute function serial_head_moves_forward();
alter table registry_serialhead enable always trigger registry_serialhead_forward;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("events", "0002_guards")]
    operations = [
        migrations.RunSQL(
            FROM_SOURCE,
            "drop trigger registry_transfer_from_source on registry_transfer; drop function transfer_leaves_the_source()",
        ),
        migrations.RunSQL(
            HANDED_OUT,
            "drop trigger registry_block_handed_out on registry_block;"
            " drop trigger registry_transfer_handed_out on registry_transfer; drop function block_is_handed_out()",
        ),
        migrations.RunSQL(
            FORWARD_ONLY,
            "drop trigger registry_serialhead_forward on registry_serialhead; drop function serial_head_moves_forward()",
        ),
        append_only("registry_account"),
        append_only("registry_block"),
        append_only("registry_transfer"),
        append_only_but_for("registry_serialhead", "last"),
    ]
