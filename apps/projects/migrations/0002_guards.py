"""A project's state moves with an event, and its file is never deleted."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial"), ("events", "0002_guards")]
    operations = [guarded_state("projects_project", "project")]
