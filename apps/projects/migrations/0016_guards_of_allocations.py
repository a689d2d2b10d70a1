"""A credit allocation is written once, by the act that proposes it."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("projects", "0015_credit_allocation"), ("events", "0002_guards")]
    operations = [
        append_only("projects_proposedallocation"),
        written_by_act("projects_proposedallocation", "project", file="project_id"),
    ]
