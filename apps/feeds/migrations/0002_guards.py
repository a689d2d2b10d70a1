"""A calendar's address is written once: it may be revoked and told when it was last read, and nothing else."""

from django.db import migrations

from apps.core.database import append_only_but_for


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_initial"), ("events", "0002_guards")]
    operations = [append_only_but_for("feeds_calendarfeed", "revoked_at", "last_fetched_on")]
