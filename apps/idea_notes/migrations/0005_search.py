"""An idea note is found by its number, its title, its place, and who has submitted it."""

from django.db import migrations

from apps.lists.database import searched

SUBMITTED_BY = "(select name from accounts_organisation where id = s.organisation_id)"
OF_ORGANISATION = "select n.id from idea_notes_ideanote n where n.organisation_id = r.id"


class Migration(migrations.Migration):
    dependencies = [("idea_notes", "0004_standstill"), ("lists", "0002_search")]
    operations = [
        searched(
            "idea_note",
            "idea_notes_ideanote",
            f"concat_ws(' ', s.reference, s.title, s.place, {SUBMITTED_BY})",
            ("reference", "title", "place", "organisation_id"),
            (("accounts_organisation", OF_ORGANISATION, ("name",)),),
        ),
    ]
