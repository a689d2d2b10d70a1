"""The state of a renewal moves with an event."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("project_changes", "0003_renewal"), ("events", "0002_guards")]
    operations = [guarded_state("project_changes_renewal", "renewal")]
