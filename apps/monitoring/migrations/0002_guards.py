"""Declarations move with an event."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_declarations"), ("events", "0002_guards")]
    operations = [guarded_state("monitoring_methoddeclaration", "method_declaration")]
