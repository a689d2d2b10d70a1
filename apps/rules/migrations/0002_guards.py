"""States about the rules move with an event; a window of a special measure names the act that opened it."""

from django.db import migrations

from apps.core.database import append_only, guarded_state, written_by_act


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("rules_editionchange", "edition"),
        guarded_state("rules_specialmeasure", "measure"),
        guarded_state("rules_grievance", "grievance"),
        append_only("rules_measurewindow"),
        written_by_act("rules_measurewindow", "measure", file="measure_id"),
    ]
