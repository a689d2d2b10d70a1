"""The state of an assessment of reference emissions moves with an event."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("reference_emissions", "0001_initial"), ("events", "0002_guards")]
    operations = [guarded_state("reference_emissions_referenceassessment", "reference_emissions")]
