"""What files of a kind left a state is found without reading the log through."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_edition_moves_with_an_event'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('from_state', models.F('to_state')), _negated=True), fields=['subject_type', 'from_state', '-id'], name='event_left_state'),
        ),
    ]
