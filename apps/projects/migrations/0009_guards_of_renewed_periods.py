"""A renewed crediting period is written once, by the act that renews it."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_renewed_periods"), ("events", "0002_guards")]
    operations = [
        append_only("projects_renewedperiod"),
        written_by_act("projects_renewedperiod", "renewal"),
    ]
