"""Free writing and a set of prompts for each skill; then the words of entries that were kept before the trigger was there: in batches, each a transaction
of its own, so that nobody waits for more than one. Stopped halfway, it goes on where it was."""

from datetime import datetime, timezone

from django.db import migrations

SINCE = datetime(2026, 11, 1, tzinfo=timezone.utc)
FREE = ("free-writing", "Free writing", 9, "What is on your mind?", "No questions. Leave names out.")
# One for each skill of the vocabulary: what was heard, what it did, what to try.
SKILLS = {
    "open-questions": [
        ("Which open question did you ask, or which closed one did you wish back?", "In your own words; leave names out."),
        ("What did it open, or keep shut?", "What did you hear that you would not have heard?"),
        ("Which question do you want to try next?", "Write it down as you would say it."),
    ],
    "affirmations": [
        ("Which strength did you see, and did you say so?", "Noticing, not praise. Leave names out."),
        ("How did it land?", "What told you?"),
        ("What else is there to affirm, and how would you say it?", "Name the strength and the proof of it."),
    ],
    "reflections": [
        ("What did you reflect, and what was behind the words?", "One reflection is enough. Leave names out."),
        ("What came back?", "Did it go on, go deeper, or stop?"),
        ("What could you reflect more deeply next time?", "Guess at a meaning or a feeling that was not said."),
    ],
    "summaries": [
        ("What did you gather up, and when?", "On the way, or at the end. Leave names out."),
        ("What did you leave out, and what was corrected?", "A summary that is wrong can still help."),
        ("Where would a short summary have helped?", "And how would it have begun?"),
    ],
    "engaging": [
        ("How did the two of you come to talk?", "The first minutes. Leave names out."),
        ("What helped you to be with them, and what got in the way?", "Haste, a form, your own plan?"),
        ("What will you do first next time?", ""),
    ],
    "focusing": [
        ("What did you talk about, and who chose it?", "Leave names out."),
        ("When did you lose the direction, and how did you find it again?", ""),
        ("How will you agree on the direction next time?", "A question, a list, a choice?"),
    ],
    "evoking": [
        ("What change talk did you hear?", "A wish, a reason, a first step. Leave names out."),
        ("What did you do with it?", "Did you ask for more, reflect it, pass it by?"),
        ("What could bring out more of it?", "Write the question as you would ask it."),
    ],
    "planning": [
        ("Whose plan is it?", "Whose words does it use? Leave names out."),
        ("Was it time to plan?", "What told you that they were ready, or not yet?"),
        ("What is the next small step, and who takes it?", ""),
    ],
}  # fmt: skip
BATCH = 1000  # ids

FILL = """
INSERT INTO reflections_wording (reflection_id, search)
SELECT id, reflections_words(answers) FROM reflections_reflection
WHERE id > %s AND id <= %s AND kept_at IS NOT NULL
ON CONFLICT (reflection_id) DO NOTHING
"""


def ship(apps, schema_editor):
    sets = apps.get_model("reflections", "PromptSet").objects
    prompts = apps.get_model("reflections", "Prompt").objects
    slug, name, place, question, hint = FREE
    about = {"name": name, "place": place, "since": SINCE}
    free, fresh = sets.get_or_create(agency=None, slug=slug, version=1, defaults=about)
    if fresh:  # one that was written with stays when this is undone
        prompts.create(set=free, place=1, question=question, hint=hint)
    for skill in apps.get_model("practice", "Skill").objects.filter(slug__in=SKILLS):
        about = {"name": skill.name, "place": 20 + skill.place, "since": SINCE}
        made, fresh = sets.get_or_create(
            agency=None, slug=f"skill-{skill.slug}", version=1, defaults=about
        )
        made.skill = skill
        made.save(update_fields=["skill"])
        if not fresh:
            continue
        for number, (question, hint) in enumerate(SKILLS[skill.slug], start=1):
            prompts.create(set=made, place=number, question=question, hint=hint)


def withdraw(apps, schema_editor):
    """Take back what nobody wrote with; an entry keeps its prompts."""
    sets = apps.get_model("reflections", "PromptSet").objects
    written = apps.get_model("reflections", "Reflection").objects.values("prompt_set")
    slugs = [FREE[0], *(f"skill-{slug}" for slug in SKILLS)]
    ours = sets.filter(agency=None, slug__in=slugs)
    ours.exclude(pk__in=written).delete()


def fill(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reflections_reflection")
        last = cursor.fetchone()[0]
        for after in range(0, last, BATCH):
            cursor.execute(FILL, [after, after + BATCH])


def leave(apps, schema_editor):
    """Going back drops the table with the words in it; nothing to undo here."""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reflections", "0004_ratings_wordings")]

    operations = [
        migrations.RunPython(ship, withdraw, atomic=True),
        migrations.RunPython(fill, leave, atomic=False),
    ]
