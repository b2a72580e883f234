"""The vocabulary's names in other languages.

They carry a context, because some mean another thing elsewhere: an entry of the journal is a
reflection, and so is what a listener gives back.
"""

from django.utils.translation import pgettext, pgettext_lazy

CONTEXT = "practice"
# What the data migration wrote, named here so that a catalogue has them.
NAMES = (
    pgettext_lazy("practice", "Family voice and choice"),
    pgettext_lazy("practice", "Team-based"),
    pgettext_lazy("practice", "Natural supports"),
    pgettext_lazy("practice", "Collaboration"),
    pgettext_lazy("practice", "Community-based"),
    pgettext_lazy("practice", "Culturally respectful and relevant"),
    pgettext_lazy("practice", "Individualized"),
    pgettext_lazy("practice", "Strengths-based"),
    pgettext_lazy("practice", "Persistence"),
    pgettext_lazy("practice", "Outcomes-based"),
    pgettext_lazy("practice", "Engagement and team preparation"),
    pgettext_lazy("practice", "Initial plan development"),
    pgettext_lazy("practice", "Implementation"),
    pgettext_lazy("practice", "Transition"),
    pgettext_lazy("practice", "Open questions"),
    pgettext_lazy("practice", "Affirmations"),
    pgettext_lazy("practice", "Reflections"),
    pgettext_lazy("practice", "Summaries"),
    pgettext_lazy("practice", "Engaging"),
    pgettext_lazy("practice", "Focusing"),
    pgettext_lazy("practice", "Evoking"),
    pgettext_lazy("practice", "Planning"),
)


def spoken(name: str) -> str:
    """The name in the language of who reads; a name without a translation as it is."""
    return pgettext(CONTEXT, name)
