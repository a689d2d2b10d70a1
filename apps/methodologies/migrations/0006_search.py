"""An approved methodology is found by its number and by the titles of its versions."""

from django.db import migrations

from apps.lists.database import searched

VERSIONS = "(select string_agg(distinct title, ' ') from methodologies_methodologyversion where methodology_id = s.id)"


class Migration(migrations.Migration):
    dependencies = [("methodologies", "0005_standstill"), ("lists", "0002_search")]
    operations = [
        searched(
            "approved_methodology",
            "methodologies_approvedmethodology",
            f"concat_ws(' ', s.reference, {VERSIONS})",
            ("reference",),
            (("methodologies_methodologyversion", "select r.methodology_id", ()),),
        ),
    ]
