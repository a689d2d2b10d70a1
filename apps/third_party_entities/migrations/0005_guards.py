"""Suspensions and former names are written once, by an act on the entity's own file."""

from django.db import migrations

from apps.core.database import append_only, written_by_act


class Migration(migrations.Migration):
    dependencies = [("third_party_entities", "0004_review_suspension_names"), ("events", "0002_guards")]
    operations = [
        append_only("third_party_entities_suspension"),
        append_only("third_party_entities_formername"),
        written_by_act("third_party_entities_suspension", "tpe", file="entity_id"),
        written_by_act("third_party_entities_formername", "tpe", file="entity_id"),
    ]
