"""Check the rows that were there before the constraint, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("communities", "0009_series_exceptions")]

    operations = [
        ValidateConstraint(model_name="series", name="communities_series_on_holidays"),
    ]
