"""Orders and lists move with an event; whom an order concerns is written once."""

from django.db import migrations

from apps.core.database import append_only, guarded_state


class Migration(migrations.Migration):
    dependencies = [("timekeeping", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("timekeeping_timeorder", "time_order"),
        guarded_state("timekeeping_holidayyear", "holidays"),
        append_only("timekeeping_orderparty"),
    ]
