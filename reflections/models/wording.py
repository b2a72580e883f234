"""The words of a kept entry, as its author's search finds them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, TextField
from django.utils.translation import gettext_lazy as _

from portal.web.privacy import JOURNAL, WORK


class Wording(models.Model):
    """A row a kept entry. The database itself writes it, with each change of the entry
    (migrations/0004): nothing can forget to, and no save of a draft pays for it.

    Why it is not a generated column of the entry: docs/decisions/0018.
    """

    privacy = {"reflection": WORK, "search": JOURNAL}

    reflection = models.OneToOneField(
        "reflections.Reflection",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="wording",
    )
    search = SearchVectorField()

    class Meta:
        verbose_name = _("wording of a reflection")
        verbose_name_plural = _("wordings of reflections")
        indexes = [GinIndex(fields=["search"], name="reflections_wording_search")]

    def __str__(self) -> str:
        return f"wording of reflection {self.reflection_id}"  # never its words


def text_of(answers: str) -> Func:
    """All of an entry's text, as the search reads it: an expression."""
    return Func(answers, function="reflections_text", output_field=TextField())
