"""Numbers are never taken back; of a deadline only its closing is written later."""

from django.db import migrations

from apps.core.database import append_only, append_only_but_for


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial"), ("events", "0002_guards")]
    operations = [
        append_only("workflow_issuednumber"),
        append_only_but_for("workflow_deadline", "closed_at", "outcome"),
    ]
