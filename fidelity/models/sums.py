"""What an agency's submitted reviews come to by month: the programme's pages read these and never
the reviews.

Triggers keep them (migrations 0017 and 0020), in the transaction that submits, amends, imports or
deletes: a review counts here from the moment it is submitted until it is gone. `total` is exact
(numeric), so that taking away what was added leaves nothing. Why: docs/decisions/0028.
"""

from django.db import connection, models
from django.db.models import Q

from fidelity.models.item import Item
from fidelity.models.measure import Measure
from fidelity.models.source import Source
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class MonthSum(models.Model):
    """The scores of one measure from one source in one month, of those whom one person supervised
    then. Scores that are not computable are not in it."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "team": WORK,
        "measure": NONE,
        "source": NONE,
        "month": WORK,
        "n": WORK,
        "total": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    # Of whom nobody supervised, null. No constraint: a trigger follows the reviews' own.
    team = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, db_index=False, related_name="+")
    source = models.CharField(max_length=14, choices=Source)
    month = models.DateField()
    n = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=24, decimal_places=10)

    class Meta:
        verbose_name_plural = "month sums"
        indexes = [
            # The teams of a month, the smallest first: what is shown of them is read in one pass.
            models.Index(
                fields=["agency", "measure", "source", "month", "n", "team"],
                include=["total"],
                name="fidelity_monthsum_ranked",
                condition=Q(n__gt=0),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "measure", "source", "month", "team"],
                nulls_distinct=False,
                name="fidelity_monthsum_once",
            ),
            models.CheckConstraint(condition=Q(n__gte=0), name="fidelity_monthsum_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.source} {self.month}: {self.n}"


class ItemSum(models.Model):
    """The answers to one item from one source in one month; those without a value are not in it."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "item": NONE,
        "source": NONE,
        "month": WORK,
        "n": WORK,
        "total": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, db_index=False, related_name="+")
    source = models.CharField(max_length=14, choices=Source)
    month = models.DateField()
    n = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=24, decimal_places=10)

    class Meta:
        verbose_name_plural = "item sums"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "item", "source", "month"],
                name="fidelity_itemsum_once",
            ),
            models.CheckConstraint(condition=Q(n__gte=0), name="fidelity_itemsum_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.source} {self.month}: {self.n}"


class AgencySum(models.Model):
    """The month sums of all teams of an agency together, rolled up as they change: what a
    programme's page begins with hangs on months alone, and not on how many teams there are."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "measure": NONE,
        "source": NONE,
        "month": WORK,
        "n": WORK,
        "total": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, db_index=False, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, db_index=False, related_name="+")
    source = models.CharField(max_length=14, choices=Source)
    month = models.DateField()
    n = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=24, decimal_places=10)

    class Meta:
        verbose_name_plural = "agency sums"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "measure", "source", "month"],
                name="fidelity_agencysum_once",
            ),
            models.CheckConstraint(condition=Q(n__gte=0), name="fidelity_agencysum_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.source} {self.month}: {self.n}"


class RaterSum(models.Model):
    """How many scores of one measure from one source in one month a reviewer gave in an agency."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "measure": NONE,
        "source": NONE,
        "reviewer": WORK,
        "month": WORK,
        "n": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, db_index=False, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, db_index=False, related_name="+")
    source = models.CharField(max_length=14, choices=Source)
    # Of what a tool's file brought, null. No constraint: a trigger follows the reviews' own.
    reviewer = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    month = models.DateField()
    n = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "rater sums"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "measure", "source", "reviewer", "month"],
                nulls_distinct=False,
                name="fidelity_ratersum_once",
            ),
            models.CheckConstraint(condition=Q(n__gte=0), name="fidelity_ratersum_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.source} {self.month}: {self.n}"


class SubjectSum(models.Model):
    """How many scores of one measure from one source a person has in an agency."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "measure": NONE,
        "source": NONE,
        "subject": WORK,
        "n": WORK,
    }

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, db_index=False, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, db_index=False, related_name="+")
    source = models.CharField(max_length=14, choices=Source)
    # No constraint: a trigger follows the reviews' own.
    subject = models.ForeignKey(
        User,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    n = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "subject sums"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "measure", "source", "subject"],
                name="fidelity_subjectsum_once",
            ),
            models.CheckConstraint(condition=Q(n__gte=0), name="fidelity_subjectsum_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.source}: {self.n}"


def recount() -> None:
    """Count everything anew from the reviews, for who loaded rows with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fidelity_recount()")
