"""Migration operations by which the database keeps the words of rows, whoever writes them.

No extension of PostgreSQL is needed: pieces of words are kept as an array, which its own inverted index finds.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

# Where the script is not Latin, words are not parted by blanks, and two letters are a word; elsewhere three tell enough.
PIECES = r"""
create function search_grams(folded text) returns text[] language sql immutable strict parallel safe as $$
  with letters as (select string_to_array(folded, null) as l)
  select coalesce(array_agg(distinct piece), '{}') from letters, generate_subscripts(l, 1) i,
    lateral (select case when octet_length(l[i] || l[i + 1]) = 2 then l[i] || l[i + 1] || l[i + 2]
                         else l[i] || l[i + 1] end) p (piece)
   where piece !~ '\s'
$$;
create function search_entry(of_kind text, of_subject bigint, said text) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into lists_searchentry (kind, subject_id, folded, words, grams)
  select of_kind, of_subject, folded, to_tsvector('english', folded) || to_tsvector('simple', folded), search_grams(folded)
    from (select lower(normalize(said, NFKC)) as folded) f where said is not null
  on conflict (kind, subject_id) do update set folded = excluded.folded, words = excluded.words, grams = excluded.grams
   where lists_searchentry.folded is distinct from excluded.folded
$$;
revoke execute on function search_entry from public;
revoke insert, update, delete, truncate on lists_searchentry from jcm_app;
"""
NO_PIECES = """
grant insert, update, delete on lists_searchentry to jcm_app;
drop function search_entry;
drop function search_grams;
"""


def search_functions() -> RunSQL:
    """What makes entries; the application has no right to write them itself."""
    return RunSQL(PIECES, NO_PIECES)


def searched(
    kind: str, table: str, text: str, columns: Sequence[str], parts: Sequence[tuple[str, str, Sequence[str]]] = ()
) -> RunSQL:
    """Keep the words of each row of a table, of which `text` is the SQL expression over the row `s`.

    They are made anew when the row is written or one of its `columns` changes, and when a row of a part is written,
    changed or deleted: of each part the table, what its row `r` refers to (the keys of `table`, as SQL over `r`), and
    the columns that matter (none: all of them). Rows that are there already get their words at once.
    """
    refresh = f"{kind}_search"
    said = [_function(refresh, kind, table, text), _own_trigger(refresh, table, columns)]
    said += [_part_trigger(refresh, *part) for part in parts]
    drops = [f"drop trigger {refresh} on {table};", f"drop trigger {refresh}_new on {table};"]
    drops += [f"drop trigger {refresh} on {name};" for name, _keys, _columns in parts]
    drops += [f"drop function {refresh}_of_{name};" for name, _keys, _columns in parts]
    names = f"drop function {refresh}_own; drop function {refresh};"
    emptied = f"delete from lists_searchentry where kind = '{kind}';"
    return RunSQL("\n".join([*said, f"select {refresh}(id) from {table};"]), "\n".join([*drops, names, emptied]))


def _function(refresh: str, kind: str, table: str, text: str) -> str:
    return f"""
    create function {refresh}(of_subject bigint) returns void
    language sql security definer set search_path = public, pg_temp as $$
      select search_entry('{kind}', s.id, {text}) from {table} s where s.id = of_subject
    $$;
    revoke execute on function {refresh} from public;
    """


def _own_trigger(refresh: str, table: str, columns: Sequence[str]) -> str:
    changed = " or ".join(f"old.{one} is distinct from new.{one}" for one in columns)
    return f"""
    create function {refresh}_own() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform {refresh}(new.id);
      return null;
    end $$;
    create trigger {refresh}_new after insert on {table} for each row execute function {refresh}_own();
    create trigger {refresh} after update on {table} for each row when ({changed}) execute function {refresh}_own();
    """


def _part_trigger(refresh: str, part: str, keys: str, columns: Sequence[str]) -> str:
    events = f"update of {', '.join(columns)}" if columns else "insert or update or delete"
    return f"""
    create function {refresh}_of_{part}() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare r {part}%rowtype; of_subject bigint;
    begin
      if tg_op = 'DELETE' then r := old; else r := new; end if;
      for of_subject in {keys} loop
        perform {refresh}(of_subject);
      end loop;
      return null;
    end $$;
    create trigger {refresh} after {events} on {part} for each row execute function {refresh}_of_{part}();
    """
