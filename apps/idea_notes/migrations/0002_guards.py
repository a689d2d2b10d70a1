"""A note's state, version and edition move with an event only."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("idea_notes", "0001_initial"), ("events", "0002_guards")]
    operations = [guarded_state("idea_notes_ideanote", "idea_note")]
