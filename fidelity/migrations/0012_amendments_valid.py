"""Look at the rows that were there, without holding up who writes."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fidelity", "0011_amendments")]

    operations = [ValidateConstraint("review", "fidelity_review_amended_once_submitted")]
