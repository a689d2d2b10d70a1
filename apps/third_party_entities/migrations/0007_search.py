"""An entity is found by its number, its name, and the names that it bore before."""

from django.db import migrations

from apps.lists.database import searched

FORMER = "(select string_agg(name, ' ') from third_party_entities_formername where entity_id = s.id)"


class Migration(migrations.Migration):
    dependencies = [("third_party_entities", "0006_standstill"), ("lists", "0002_search")]
    operations = [
        searched(
            "tpe",
            "third_party_entities_thirdpartyentity",
            f"concat_ws(' ', s.reference, s.title, {FORMER})",
            ("reference", "title"),
            (("third_party_entities_formername", "select r.entity_id", ()),),
        ),
    ]
