"""Check the rows that were there before the constraints, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("notices", "0013_push")]

    operations = [
        ValidateConstraint(model_name="exclusion", name="notices_exclusion_channel"),
        ValidateConstraint(model_name="preference", name="notices_preference_channel"),
    ]
