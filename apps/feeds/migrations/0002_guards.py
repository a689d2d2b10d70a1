"""What holds of feeds whatever the application does.

A calendar's address is written once: it may be revoked and told when it was last read. A webhook is written once, on
the side of its maker: it may get another secret, or end. A delivery is written once, and takes what became of it.
"""

from django.db import migrations

from apps.core.database import append_only_but_for

OF_ITS_SIDE = """
alter table feeds_webhook add constraint webhook_on_the_side_of_its_maker
  foreign key (owner_id, side) references accounts_membership (id, side);
"""
NOT_OF_ITS_SIDE = "alter table feeds_webhook drop constraint webhook_on_the_side_of_its_maker"


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_initial"), ("events", "0002_guards"), ("accounts", "0002_guards")]
    operations = [
        append_only_but_for("feeds_calendarfeed", "revoked_at", "last_fetched_on"),
        append_only_but_for("feeds_webhook", "secret", "revoked_at", "ending"),
        append_only_but_for("feeds_webhookdelivery", "attempts", "next_attempt_at", "delivered_at", "status_code", "error"),
        migrations.RunSQL(OF_ITS_SIDE, NOT_OF_ITS_SIDE),
    ]
