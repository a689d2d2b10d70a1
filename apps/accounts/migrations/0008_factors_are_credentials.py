"""A passkey, an authenticator app, recovery codes and a ministry's own sign-in are credentials: the database counts each change."""

from django.db import migrations

from apps.core.database import append_only, append_only_but_for

# That a code was used, that codes were shown, or that a passkey has another name, makes no other credential.
OF_FACTOR = """
create function count_factor() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.user_id = new.user_id and old.type = new.type
       and old.data - array['used_mask', 'viewed_at', 'name'] = new.data - array['used_mask', 'viewed_at', 'name'] then
      return null;
    end if;
  end if;
  if tg_op <> 'INSERT' then
    update accounts_user set credential = credential + 1 where id = old.user_id;
  end if;
  if tg_op = 'INSERT' or tg_op = 'UPDATE' and old.user_id <> new.user_id then
    update accounts_user set credential = credential + 1 where id = new.user_id;
  end if;
  return null;
end $$;
create trigger mfa_authenticator_credentials after insert or update or delete on mfa_authenticator
  for each row execute function count_factor();
alter table mfa_authenticator enable always trigger mfa_authenticator_credentials;
"""
OF_ELSEWHERE = """
create function count_sign_in_elsewhere() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (old.user_id, old.provider, old.uid) = (new.user_id, new.provider, new.uid) then
      return null;
    end if;
  end if;
  if tg_op <> 'INSERT' then
    update accounts_user set credential = credential + 1 where id = old.user_id;
  end if;
  if tg_op = 'INSERT' or tg_op = 'UPDATE' and old.user_id <> new.user_id then
    update accounts_user set credential = credential + 1 where id = new.user_id;
  end if;
  return null;
end $$;
create trigger socialaccount_socialaccount_credentials after insert or update or delete on socialaccount_socialaccount
  for each row execute function count_sign_in_elsewhere();
alter table socialaccount_socialaccount enable always trigger socialaccount_socialaccount_credentials;
"""

class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_sign_in"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("events", "0002_guards"),
    ]
    operations = [
        migrations.RunSQL(OF_FACTOR, "drop trigger mfa_authenticator_credentials on mfa_authenticator; drop function count_factor()"),
        migrations.RunSQL(
            OF_ELSEWHERE,
            "drop trigger socialaccount_socialaccount_credentials on socialaccount_socialaccount;"
            " drop function count_sign_in_elsewhere()",
        ),
        append_only("accounts_occurrence"),
        append_only_but_for("accounts_invitation", "used_at", "user_id", "withdrawn_at"),
    ]
