"""The field's vocabulary: filled by a data migration, chosen from in forms. domain.md has the
sources of the lists."""

from django.db import models

from portal.practice.names import spoken
from portal.web.privacy import NONE

WORDS = {"id": NONE, "slug": NONE, "name": NONE, "place": NONE}


class Word(models.Model):
    """One term, with its place in the order the field teaches it."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["place"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the reader's language; `name` is the English one."""
        return spoken(self.name)


class Principle(Word):
    """One of wraparound's ten principles."""

    privacy = WORDS


class Phase(Word):
    """One of wraparound's four phases."""

    privacy = WORDS


class Skill(Word):
    """A skill of motivational interviewing, or a task of it."""

    privacy = WORDS
