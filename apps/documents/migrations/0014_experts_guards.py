"""That an expert was named, and withdrawn, is written once, together with its event."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("documents", "0013_named_experts"), ("events", "0002_guards")]
    operations = [
        append_only("documents_expert"),
        append_only("documents_withdrawal"),
        written_by_act("documents_expert", "expert", file="id"),
        written_by_act("documents_withdrawal", "expert", file="expert_id"),
    ]
