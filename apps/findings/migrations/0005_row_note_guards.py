"""What an entity notes is written once; a later note takes the place of an earlier one."""

from django.db import migrations

from apps.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("findings", "0004_row_notes"), ("events", "0002_guards")]
    operations = [append_only("findings_rownote")]
