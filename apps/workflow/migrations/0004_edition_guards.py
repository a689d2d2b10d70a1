"""An edition comes into force once, by an adopted change of edition, and is never taken back."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_edition_in_force"), ("events", "0002_guards")]
    operations = [
        append_only("workflow_editioninforce"),
        written_by_act("workflow_editioninforce", "edition"),
    ]
