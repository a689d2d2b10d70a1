"""The version of the form belongs to the document; what was stated of a note before stands in the log for ever."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('idea_notes', '0002_guards'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='ideanote',
            name='form_version',
        ),
    ]
