"""Self-ratings, the skill that a set of prompts is about, and the words of kept entries for their
author's search.

Safe on a live table: new tables, a nullable column, and a trigger that holds its lock for an
instant. What was kept before is filled in by the next migration, in batches.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# At most 100,000 characters: a vector holds a megabyte, and a text that is too long for it must
# still be saved.
WORDS = """
CREATE FUNCTION reflections_text(answers jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.left(pg_catalog.string_agg(each.value, E'\\n\\n'), 100000)
    FROM pg_catalog.jsonb_each_text(answers) AS each
$$;

CREATE FUNCTION reflections_words(answers jsonb) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    words text := coalesce(reflections_text(answers), '');
BEGIN
    RETURN pg_catalog.to_tsvector('pg_catalog.english', words);
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN pg_catalog.to_tsvector('pg_catalog.english', pg_catalog.left(words, 20000));
END
$$;

CREATE FUNCTION reflections_word_it() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reflections_wording (reflection_id, search)
    VALUES (NEW.id, reflections_words(NEW.answers))
    ON CONFLICT (reflection_id) DO UPDATE SET search = EXCLUDED.search;
    RETURN NULL;
END
$$;

CREATE TRIGGER word_it AFTER INSERT OR UPDATE OF answers, kept_at ON reflections_reflection
FOR EACH ROW WHEN (NEW.kept_at IS NOT NULL) EXECUTE FUNCTION reflections_word_it();
"""
NO_WORDS = """
DROP TRIGGER word_it ON reflections_reflection;
DROP FUNCTION reflections_word_it();
DROP FUNCTION reflections_words(jsonb);
DROP FUNCTION reflections_text(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("practice", "0002_vocabulary"), ("reflections", "0002_prompts")]

    operations = [
        migrations.AddField(
            model_name="promptset",
            name="skill",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="practice.skill",
                verbose_name="about the skill",
            ),
        ),
        migrations.CreateModel(
            name="SelfRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reflection", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="rating", to="reflections.reflection")),
                ("skill", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practice.skill")),
            ],
            options={
                "verbose_name": "self-rating",
                "verbose_name_plural": "self-ratings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 1), ("value__lte", 5)),
                        name="reflections_selfrating_one_to_five",
                        violation_error_message="Choose a number from 1 to 5.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("reflection", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="wording", serialize=False, to="reflections.reflection")),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name": "wording of a reflection",
                "verbose_name_plural": "wordings of reflections",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="reflections_wording_search")
                ],
            },
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]  # fmt: skip
