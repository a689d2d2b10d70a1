"""A signatory is written once, by an act on the project."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("projects", "0018_signatories"), ("events", "0002_guards")]
    operations = [
        append_only("projects_signatory"),
        written_by_act("projects_signatory", "project", file="project_id"),
    ]
