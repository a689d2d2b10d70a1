"""General stops and lists of holidays are written once, each by an act; a deadline's place in its line never changes."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("workflow", "0005_ledger"), ("events", "0002_guards")]
    operations = [
        append_only("workflow_generalstop"),
        written_by_act("workflow_generalstop", "time_order"),
        append_only("workflow_holidaylist"),
        written_by_act("workflow_holidaylist", "holidays"),
    ]
