"""A basis of monitoring sheets is written once, by an act on the project."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("projects", "0021_monitoring_bases"), ("events", "0002_guards")]
    operations = [
        append_only("projects_monitoringbasis"),
        written_by_act("projects_monitoringbasis", "project", file="project_id"),
    ]
