"""What is in an export: the person's own entries, oldest first, with all that hangs on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    DateTimeField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    UUIDField,
)
from django.db.models.functions import Cast, Coalesce, ExtractYear, Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.people.models import User
from reflections.models import Opening, Reflection, Response, Share, ThreadShare
from reflections.models.reflection import ReflectionQuerySet

AT_ONCE = 200  # entries in memory; eight queries for so many
OF = Coalesce("kept_at", "saved_at")  # the time that an entry stands under
LEFT_OUT: list[str | Promise] = [
    _("what you removed: bring it back first if you want it here"),
    _("earlier versions of an entry"),
    _("commitments that no entry of yours ends in or follows up"),
    _("reflections of others that you may read, and your answers to them"),
    _("what you wrote elsewhere in Trellis: posts, session notes, reviews and scores"),
]


def years_of(person: User) -> list[int]:
    """The years that the person's journal has, the last first, by their clock."""
    years = Reflection.objects.by(person).annotate(year=ExtractYear(OF)).order_by("-year")
    return list(years.values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class Journal:
    """Somebody's own journal at one instant, or what is of one year in it."""

    person: User
    at: datetime
    year: int | None = None

    def entries(self) -> Iterator[Reflection]:
        """Each with its answers, what it is about, its rating, question and commitment, what it
        follows up (`follows_key`, `follows_at`: the entry that ended in it), readers, openings and
        threads."""
        theirs = self._theirs()
        order = list(theirs.order_by("started_at", "pk").values_list("pk", flat=True))
        origin = Reflection.objects.by(self.person).filter(
            commitment=OuterRef("follow_up__commitment")
        )
        read = (
            Reflection.objects.select_related(
                "prompt_set", "principle", "phase", "skill", "session__series", "commitment",
                "question", "rating__skill", "follow_up__commitment",
            )
            .annotate(
                follows_key=Subquery(origin.values("key")[:1], output_field=UUIDField()),
                follows_at=Subquery(origin.values("kept_at")[:1], output_field=DateTimeField()),
            )
            .prefetch_related(
                Prefetch("shares", _holding()),
                Prefetch("openings", Opening.objects.select_related("reader").order_by("at", "pk")),
                Prefetch("responses", Response.objects.select_related("reader", "by")),
                "commitment__outcomes",
                "follow_up__commitment__outcomes",
            )
        )  # fmt: skip
        for start in range(0, len(order), AT_ONCE):
            some = read.in_bulk(order[start : start + AT_ONCE])
            yield from (some[pk] for pk in order[start : start + AT_ONCE] if pk in some)

    def characters(self) -> int:
        """About how much text it has. Two queries."""
        written = self._theirs().aggregate(n=Sum(Length(Cast("answers", TextField()))))["n"] or 0
        threads = Response.objects.filter(reflection__in=self._theirs())
        return int(written) + int(threads.aggregate(n=Sum(Length("text")))["n"] or 0)

    def _theirs(self) -> ReflectionQuerySet:
        theirs = Reflection.objects.by(self.person)
        if self.year is None:
            return theirs
        return theirs.alias(year=ExtractYear(OF)).filter(year=self.year)


def _holding() -> QuerySet[Share]:
    """Shares that hold, each with the threads that are open to it."""
    threads = Prefetch("threads", ThreadShare.objects.select_related("reader"))
    holding = Share.objects.holding().select_related("person", "community")
    return holding.prefetch_related(threads)
