"""A reading of a monitoring sheet is written once, with its document."""

from django.db import migrations

from apps.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("issuance", "0008_sheet_readings"), ("events", "0002_guards")]
    operations = [append_only("issuance_sheetreading")]
