"""What is in an export: the person's own entries, oldest first, with all that hangs on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from reflections.models import Opening, Reflection, Response, Share

AT_ONCE = 200  # entries in memory; six queries for so many
LEFT_OUT: list[str | Promise] = [
    _("what you removed: bring it back first if you want it here"),
    _("earlier versions of an entry"),
    _("reflections of others that you may read, and your answers to them"),
    _("what you wrote elsewhere in Trellis: posts, session notes, reviews and scores"),
]


@dataclass(frozen=True)
class Journal:
    """Somebody's own journal at one instant."""

    person: User
    at: datetime

    def entries(self) -> Iterator[Reflection]:
        """Each with its answers, what it is about, commitment, readers, openings and threads."""
        theirs = Reflection.objects.by(self.person)
        order = list(theirs.order_by("started_at", "pk").values_list("pk", flat=True))
        read = theirs.select_related(
            "prompt_set", "principle", "phase", "skill", "session__series", "commitment"
        ).prefetch_related(
            Prefetch("shares", Share.objects.holding().select_related("person", "community")),
            Prefetch("openings", Opening.objects.select_related("reader").order_by("at", "pk")),
            Prefetch("responses", Response.objects.select_related("reader", "by")),
            "commitment__outcomes",
        )
        for start in range(0, len(order), AT_ONCE):
            some = read.in_bulk(order[start : start + AT_ONCE])
            yield from (some[pk] for pk in order[start : start + AT_ONCE] if pk in some)
