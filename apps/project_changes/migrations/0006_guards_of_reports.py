"""The state of an implementation report moves with an event."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("project_changes", "0005_implementation_report"), ("events", "0002_guards")]
    operations = [guarded_state("project_changes_implementationreport", "implementation")]
