"""A proposal's state moves with an event; what was approved, and who proposed it, is written once, by an act."""

from django.db import migrations

from apps.core.database import append_only, guarded_state, written_by_act


class Migration(migrations.Migration):
    dependencies = [("methodologies", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("methodologies_proposedmethodology", "methodology"),
        append_only("methodologies_proponent"),
        append_only("methodologies_approvedmethodology"),
        append_only("methodologies_methodologyversion"),
        append_only("methodologies_basis"),
        written_by_act("methodologies_proponent", "methodology", file="proposal_id"),
        written_by_act("methodologies_approvedmethodology", "methodology"),
        written_by_act("methodologies_methodologyversion", "methodology"),
        written_by_act("methodologies_basis", "methodology", file="proposal_id"),
    ]
