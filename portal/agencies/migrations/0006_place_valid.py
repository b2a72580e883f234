"""Check the rows that were there before the constraint, without keeping others from writing."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("agencies", "0005_place")]

    operations = [
        ValidateConstraint(model_name="agency", name="agencies_agency_region_of_a_country"),
    ]
