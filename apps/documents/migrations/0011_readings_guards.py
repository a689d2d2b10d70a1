"""That a confidential document was read is written once."""

from django.db import migrations

from apps.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_uploads_and_twins"), ("events", "0002_guards")]
    operations = [append_only("documents_reading")]
