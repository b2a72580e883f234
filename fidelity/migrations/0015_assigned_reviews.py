"""Indexes of assigned reviews, made while people work. An assigned draft is one beside those that
its reviewer started, so "one open draft" is of the latter."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

BEGUN = models.UniqueConstraint(
    condition=models.Q(("due_on", None), ("submitted_at", None)),
    fields=("reviewer", "subject", "version", "source"),
    name="fidelity_review_one_begun",
    violation_error_message="You have a draft of this review: open that one.",
)
COLUMNS = "ON fidelity_review (reviewer_id, subject_id, version_id, source)"
OPEN = "WHERE submitted_at IS NULL"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("fidelity", "0014_plans_goals_experiments")]
    operations = [
        AddIndexConcurrently(
            "review",
            models.Index(
                condition=models.Q(("plan__isnull", False)),
                fields=["plan"],
                name="fidelity_review_plan",
            ),
        ),
        AddIndexConcurrently(
            "review",
            models.Index(
                condition=models.Q(("due_on__isnull", False), ("submitted_at", None)),
                fields=["due_on"],
                name="fidelity_review_due",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("review", "fidelity_review_one_draft"),
                migrations.AddConstraint("review", BEGUN),
            ],
            database_operations=[
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY fidelity_review_one_begun {COLUMNS}"
                    f" {OPEN} AND due_on IS NULL",
                    "DROP INDEX CONCURRENTLY fidelity_review_one_begun",
                ),
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY fidelity_review_one_draft",
                    f"CREATE UNIQUE INDEX CONCURRENTLY fidelity_review_one_draft {COLUMNS} {OPEN}",
                ),
            ],
        ),
    ]
