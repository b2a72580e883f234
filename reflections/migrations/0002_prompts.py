"""The prompts that come with Trellis: what, so what, now what (Rolfe, Driscoll) for everybody, a
peer partner's own, and Gibbs's cycle for those who like more steps. All worded by us."""

from datetime import datetime, timezone

from django.db import migrations

SINCE = datetime(2026, 1, 1, tzinfo=timezone.utc)
SETS = [
    (
        "three-questions", "", "Three questions", 1,
        [
            ("What?", "What happened? One moment is enough. Leave names out."),
            ("So what?", "What did it mean to the family, and to you? What did you notice?"),
            ("Now what?", "What do you take from it?"),
        ],
    ),
    (
        "peer-partner", "peer_partner", "A peer partner's three", 1,
        [
            ("What happened, and where were you in it?", "One moment is enough. Leave names out."),
            (
                "What did your own experience do there?",
                "Did you share some of it, hold it back, feel it stir? Whom did it serve?",
            ),
            (
                "What do you carry on, and what do you set down?",
                "Something to do next time, and something that is not yours to hold.",
            ),
        ],
    ),
    (
        "gibbs", "", "Six steps, after Gibbs", 2,
        [
            ("What happened?", "Just the facts, without names."),
            ("What did you think and feel?", "Before, during, afterwards."),
            ("What was good about it, and what was hard?", ""),
            ("What sense do you make of it?", ""),
            ("What else could you have done?", ""),
            ("What will you do next time?", ""),
        ],
    ),
]  # fmt: skip


def ship(apps, schema_editor):
    sets = apps.get_model("reflections", "PromptSet").objects
    prompts = apps.get_model("reflections", "Prompt").objects
    for slug, role, name, place, questions in SETS:
        made = sets.create(slug=slug, role=role, name=name, place=place, since=SINCE)
        for number, (question, hint) in enumerate(questions, start=1):
            prompts.create(set=made, place=number, question=question, hint=hint)


def leave(apps, schema_editor):
    """Going back drops the tables with the prompts in them; nothing to undo here."""


class Migration(migrations.Migration):
    dependencies = [("reflections", "0001_initial")]
    operations = [migrations.RunPython(ship, leave)]
