"""Follow-ups, and the two lines that they ask."""

from datetime import datetime, timedelta, timezone

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

SINCE = datetime(2026, 1, 1, tzinfo=timezone.utc)
QUESTIONS = [
    ("What did you try?", "One line is enough."),
    ("What did you notice?", "In the other person, and in yourself."),
]


def ship(apps, schema_editor):
    """A set that is over as soon as it began: on offer to nobody, a follow-up begins with it."""
    made = apps.get_model("reflections", "PromptSet").objects.create(
        slug="follow-up", name="What came of it", place=99,
        since=SINCE, until=SINCE + timedelta(seconds=1),
    )  # fmt: skip
    prompts = apps.get_model("reflections", "Prompt").objects
    for number, (question, hint) in enumerate(QUESTIONS, start=1):
        prompts.create(set=made, place=number, question=question, hint=hint)


def leave(apps, schema_editor):
    """What was written with them stays; unused, they go."""
    sets = apps.get_model("reflections", "PromptSet").objects.filter(slug="follow-up", agency=None)
    used = apps.get_model("reflections", "Reflection").objects.filter(prompt_set__in=sets)
    if not used.exists():
        sets.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0014_outcomes_taken_back'),
        ('reflections', '0006_answering'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='communities.commitment')),
                ('reflection', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up', to='reflections.reflection')),
            ],
            options={
                'verbose_name': 'follow-up',
                'verbose_name_plural': 'follow-ups',
            },
        ),
        migrations.RunPython(ship, leave),
    ]
