"""A decision is found by the question that was adopted, and by the number of its ballot."""

from django.db import migrations

from apps.lists.database import searched

QUESTION = """(select concat_ws(' ', b.reference, i.title)
  from committee_ballotitem i join committee_ballot b on b.id = i.ballot_id where i.id = s.item_id)"""


class Migration(migrations.Migration):
    dependencies = [("committee", "0009_standstill"), ("lists", "0002_search")]
    operations = [searched("decision", "committee_decision", QUESTION, ("item_id",))]
