"""The database makes the words by which rows are found; the application only reads them."""

from django.db import migrations

from apps.lists.database import search_functions


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_initial"), ("events", "0002_guards")]
    operations = [search_functions()]
