"""Earlier versions of an entry, written by the database with the change that ends them.

Safe on a live table: a new table, a nullable column, and a trigger that holds its lock for an
instant. What stood before has no versions, and nothing is filled in.
"""

import django.db.models.deletion
from django.db import migrations, models

VERSIONS = """
CREATE FUNCTION reflections_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.next_time <> '' OR EXISTS (
        SELECT FROM pg_catalog.jsonb_each_text(OLD.answers) AS each
        WHERE pg_catalog.btrim(each.value) <> ''
    ) THEN
        INSERT INTO reflections_version (reflection_id, answers, next_time, at)
        VALUES (OLD.id, OLD.answers, OLD.next_time, OLD.saved_at);
        NEW.versioned_at := NEW.saved_at;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER keep_version BEFORE UPDATE OF answers, next_time ON reflections_reflection
FOR EACH ROW WHEN (
    (OLD.answers <> NEW.answers OR OLD.next_time <> NEW.next_time)
    AND OLD.commitment_id IS NOT DISTINCT FROM NEW.commitment_id
    AND (
        NEW.saved_from IS NULL
        OR OLD.saved_from IS DISTINCT FROM NEW.saved_from
        OR NEW.saved_at >= coalesce(OLD.versioned_at, OLD.started_at) + interval '10 minutes'
        OR coalesce(OLD.versioned_at, OLD.started_at) < OLD.kept_at
        OR length(NEW.answers::text) + 200 <= length(OLD.answers::text)
    )
) EXECUTE FUNCTION reflections_keep_version();
"""
NO_VERSIONS = """
DROP TRIGGER keep_version ON reflections_reflection;
DROP FUNCTION reflections_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [("reflections", "0009_retention_holds")]

    operations = [
        migrations.AddField(
            model_name="reflection",
            name="versioned_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answers", models.JSONField(default=dict)),
                ("next_time", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("is_refused", models.BooleanField(db_default=False, default=False)),
                ("reflection", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reflections.reflection")),
            ],
            options={
                "verbose_name": "earlier version of a reflection",
                "verbose_name_plural": "earlier versions of reflections",
                "indexes": [models.Index(fields=["reflection", "-at"], name="reflections_version_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("answers", {}), _negated=True), models.Q(("next_time", ""), _negated=True), _connector="OR"),
                        name="reflections_version_holds_text",
                        violation_error_message="A version holds what was written.",
                    )
                ],
            },
        ),
        migrations.RunSQL(VERSIONS, NO_VERSIONS),
    ]  # fmt: skip
