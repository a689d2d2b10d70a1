"""An entity's state moves with an event; a scope is settled by an act and then superseded by another row, never changed."""

from django.db import migrations

from apps.core.database import append_only, guarded_state, written_by_act


class Migration(migrations.Migration):
    dependencies = [("third_party_entities", "0001_initial"), ("events", "0002_guards")]
    operations = [
        guarded_state("third_party_entities_thirdpartyentity", "tpe"),
        append_only("third_party_entities_scope"),
        written_by_act("third_party_entities_scope", "tpe", file="entity_id"),
    ]
