"""Check the rows that were there before the constraint, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("notices", "0005_reminders_category")]

    operations = [
        ValidateConstraint(model_name="preference", name="notices_preference_category"),
    ]
