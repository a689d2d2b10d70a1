"""The database counts what a person signs in with, and an appointment keeps the count of the day on which it was made."""

from django.db import migrations, models

# The same password in another encoding is no other credential: who encodes it anew says from which encoding.
COUNT = """
create function count_credentials() returns trigger language plpgsql as $$
declare
  encoded_anew boolean := current_setting('jcm.same_password_as', true)
    is not distinct from old.id || ':' || encode(sha256(convert_to(old.password, 'UTF8')), 'hex');
begin
  if (new.password is distinct from old.password and not encoded_anew)
     or lower(new.email) is distinct from lower(old.email)
     or new.credential = old.credential + 1 then
    new.credential := old.credential + 1;
  else
    new.credential := old.credential;
  end if;
  return new;
end $$;
create trigger accounts_user_credentials before update of password, email, credential on accounts_user
  for each row execute function count_credentials();
alter table accounts_user enable always trigger accounts_user_credentials;
"""
BIND = """
create function bind_credential() returns trigger language plpgsql as $$
begin
  new.credential := coalesce((select u.credential from accounts_user u where u.id = new.user_id), 1);
  return new;
end $$;
create trigger accounts_membership_credential before insert on accounts_membership
  for each row execute function bind_credential();
alter table accounts_membership enable always trigger accounts_membership_credential;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_alternates")]
    operations = [
        migrations.AddField(
            model_name="user", name="credential",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="credential"),
        ),
        migrations.AddField(
            model_name="membership", name="credential",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="credential"),
        ),
        migrations.RunSQL(COUNT, "drop trigger accounts_user_credentials on accounts_user; drop function count_credentials()"),
        migrations.RunSQL(BIND, "drop trigger accounts_membership_credential on accounts_membership; drop function bind_credential()"),
    ]
