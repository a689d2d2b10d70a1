"""A finding's state moves with an event."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("findings", "0001_initial"), ("events", "0002_guards")]
    operations = [guarded_state("findings_finding", "finding")]
