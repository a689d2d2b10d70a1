"""An input's state moves with an event, and what it says is written once."""

from django.db import migrations

from apps.core.database import append_only, guarded_state


class Migration(migrations.Migration):
    dependencies = [("public_inputs", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("public_inputs_publicinput", "public_input"),
        append_only("public_inputs_statement"),
    ]
