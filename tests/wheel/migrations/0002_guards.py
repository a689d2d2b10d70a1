"""The guards of every procedure."""

from django.db import migrations

from apps.core.database import guarded_state


class Migration(migrations.Migration):
    dependencies = [("wheel", "0001_initial"), ("events", "0002_guards")]
    operations = [guarded_state("wheel_wheel", "wheel")]
