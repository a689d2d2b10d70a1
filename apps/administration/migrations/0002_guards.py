"""An amendment is written once."""

from django.db import migrations

from apps.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("administration", "0001_initial"), ("events", "0002_guards")]
    operations = [append_only("administration_amendment")]
