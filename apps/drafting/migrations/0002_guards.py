"""What holds of drafts whatever the application does: what was typed is written once, and never lost."""

from django.db import migrations

from apps.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("drafting", "0001_initial"), ("events", "0002_guards")]
    operations = [append_only(f"drafting_{table}") for table in ("draft", "savedsection", "producedform")]
