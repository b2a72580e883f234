"""Check the rows that were there before the constraint, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("notices", "0010_channels_by_kind")]

    operations = [
        ValidateConstraint(model_name="preference", name="notices_preference_channel"),
    ]
