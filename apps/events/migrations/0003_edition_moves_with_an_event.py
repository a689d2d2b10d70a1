"""A file's edition is that of its last event, or the one that this event's step has moved it to."""

from django.db import migrations

from apps.core.database import REQUIRE_EVENT, REQUIRE_EVENT_OF_EDITION


class Migration(migrations.Migration):
    dependencies = [("events", "0002_guards")]
    operations = [
        migrations.RunSQL(REQUIRE_EVENT_OF_EDITION, REQUIRE_EVENT.replace("create function", "create or replace function")),
    ]
