"""What changes among the participants of a registered project is written once, by an act on that project."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_participants_after_registration"), ("events", "0002_guards")]
    operations = [
        append_only("projects_participantchange"),
        written_by_act("projects_participantchange", "project", file="project_id"),
    ]
