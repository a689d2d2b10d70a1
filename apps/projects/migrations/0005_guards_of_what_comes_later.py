"""What becomes of a registered project is written once, by an act of the procedure that lets it become so."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_later_versions_and_holds"), ("events", "0002_guards")]
    operations = [
        append_only("projects_projectversion"),
        written_by_act("projects_projectversion", "change"),
        append_only("projects_projecthold"),
        written_by_act("projects_projecthold", "change"),
    ]
