"""The rows that were there keep to the audiences too: checked without a lock on writes."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_audience")]

    operations = [
        ValidateConstraint("community", "communities_community_audience"),
    ]
