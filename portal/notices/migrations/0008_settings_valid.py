"""Check the rows that were there before the constraint, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("notices", "0007_settings")]

    operations = [
        ValidateConstraint(model_name="quiethours", name="notices_quiethours_a_day_is_left"),
    ]
