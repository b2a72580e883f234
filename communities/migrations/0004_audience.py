"""For whom a community is, and whether people may ask to join."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_attendance")]

    operations = [
        migrations.AddField(
            model_name='community',
            name='audience',
            field=models.CharField(choices=[('everyone', 'everyone in its agencies'), ('supervisors', 'supervisors only')], db_default='everyone', default='everyone', help_text='Someone who is a supervisor no more leaves a community for supervisors.', max_length=12, verbose_name='whom it is for'),
        ),
        migrations.AddField(
            model_name='community',
            name='takes_requests',
            field=models.BooleanField(db_default=False, default=False, help_text='Its name and purpose stand in the directory of its agencies.', verbose_name='people may ask to join'),
        ),
        AddConstraintNotValid(
            model_name='community',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['everyone', 'supervisors'])), name='communities_community_audience', violation_error_message='Choose whom it is for.'),
        ),
    ]
