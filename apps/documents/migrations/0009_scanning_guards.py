"""Verdicts are written once, scans never deleted; what was handed in before there were any waits for its scan too."""

from django.db import migrations

from apps.core.database import append_only, append_only_but_for

WAITING = """
insert into documents_scan (version_id, received_at, due_at, attempts, last_error)
select id, uploaded_at, uploaded_at, 0, '' from documents_documentversion
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_scanning"), ("events", "0002_guards")]
    operations = [
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
        append_only("documents_verdict"),
        append_only_but_for("documents_scan", "due_at", "attempts", "last_error", "done_at"),
    ]
