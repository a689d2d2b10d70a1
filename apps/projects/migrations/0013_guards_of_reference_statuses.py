"""Where an assessment of reference emissions stands is written once, by the act that lets it stand so."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("projects", "0012_reference_statuses"), ("events", "0002_guards")]
    operations = [
        append_only("projects_referencestatus"),
        written_by_act("projects_referencestatus", "reference_emissions"),
    ]
