"""Fill the vocabulary: wraparound's ten principles and four phases, and the spirit's skills of
motivational interviewing (domain.md, "The models of practice")."""

from django.db import migrations
from django.utils.text import slugify

PRINCIPLES = [
    "Family voice and choice",
    "Team-based",
    "Natural supports",
    "Collaboration",
    "Community-based",
    "Culturally respectful and relevant",
    "Individualized",
    "Strengths-based",
    "Persistence",
    "Outcomes-based",
]
PHASES = [
    "Engagement and team preparation",
    "Initial plan development",
    "Implementation",
    "Transition",
]
SKILLS = [
    "Open questions",
    "Affirmations",
    "Reflections",
    "Summaries",
    "Engaging",
    "Focusing",
    "Evoking",
    "Planning",
]


def fill(apps, schema_editor):
    for model, names in (("Principle", PRINCIPLES), ("Phase", PHASES), ("Skill", SKILLS)):
        words = apps.get_model("practice", model).objects
        for place, name in enumerate(names, start=1):
            words.get_or_create(slug=slugify(name), defaults={"name": name, "place": place})


def leave(apps, schema_editor):
    """Going back drops the tables with the words in them; nothing to undo here."""


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_initial")]
    operations = [migrations.RunPython(fill, leave)]
