"""The log is append-only for everyone; a delivery is never deleted."""

from django.db import migrations

from apps.core.database import append_only, guard_functions, no_delete


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [
        *guard_functions(),
        append_only("events_event"),
        no_delete("events_delivery"),
    ]
