"""What goes for good: what was removed a month ago, and what has reached the end of its agency's
time, once its author was told. A hold keeps both. Nothing here reads the words of an entry.

One author at a time, in batches, each in its own transaction, with the author's row locked: a hold
that is placed at the same moment waits, or is seen. So it may stop anywhere and run twice.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.audit.events import record_all
from portal.people.models import User
from reflections.models import Ending, Hold, Reflection, Retention, Share, Version
from reflections.models.reflection import ReflectionQuerySet
from reflections.models.removal import KEPT_FOR
from reflections.models.retention import TOLD_BEFORE
from reflections.models.version import EarlierVersionQuerySet

A_BATCH = 200  # entries


def tell_of_endings(at: datetime | None = None) -> int:
    """Tell authors of entries that reach their end within a month, once a month; how many."""
    at, told = at or timezone.now(), 0
    for retention in Retention.objects.current(at).select_related("agency"):
        ending = _ending(retention, at)
        for author in list(ending.values_list("author", flat=True).order_by().distinct()):
            with transaction.atomic():
                person = _locked(author)
                if ending.filter(author=author).exists():
                    Ending.objects.tell(retention, person, at=at)
                    told += 1
    return told


def forget(at: datetime | None = None) -> int:
    """Delete what is over; how many entries."""
    at, gone = at or timezone.now(), 0
    for over in _over(at):
        for author in list(over.values_list("author", flat=True).order_by().distinct()):
            while batch := _forget_batch(over.filter(author=author), author, at):
                gone += batch
    return gone


def forget_versions(at: datetime | None = None) -> int:
    """Delete earlier versions that are older than their agency keeps reflections, though the entry
    stands: it was changed since, and counts from when it was kept. How many."""
    at, gone = at or timezone.now(), 0
    for retention in Retention.objects.current(at):
        entries = _not_held(at).filter(agency=retention.agency_id)
        over = Version.objects.filter(
            at__lt=retention.begun_to_end(at), reflection__in=entries.values("pk")
        )
        authors = over.values_list("reflection__author", flat=True)
        for author in list(authors.order_by().distinct()):
            while batch := _forget_batch_of_versions(over, author):
                gone += batch
    return gone


def _ending(retention: Retention, at: datetime) -> ReflectionQuerySet:
    """Entries that reach their end within a month, of which their authors have not been told."""
    soon = _written_before(retention.begun_to_end(at + TOLD_BEFORE))
    return _not_held(at).standing().filter(soon, ~_told(retention), agency=retention.agency)


def _over(at: datetime) -> Iterator[ReflectionQuerySet]:
    yield _not_held(at).filter(removal__at__lte=at - KEPT_FOR)
    for retention in Retention.objects.current(at):
        ended = _written_before(retention.begun_to_end(at))
        told = _told(retention, by=at - TOLD_BEFORE)
        yield _not_held(at).filter(ended, told, agency=retention.agency_id)


def _not_held(at: datetime) -> ReflectionQuerySet:
    held = Hold.objects.current(at).filter(person=OuterRef("author"))
    return Reflection.objects.filter(~Exists(held))


def _written_before(instant: datetime) -> Q:
    """Retention counts from when an entry was kept, or a draft last saved."""
    return Q(kept_at__lt=instant) | Q(kept_at=None, saved_at__lt=instant)


def _told(retention: Retention, by: datetime | None = None) -> Exists:
    """Whether an entry's author was told, by an instant, that it ends under this retention."""
    endings = Ending.objects.filter(
        retention=retention,
        author=OuterRef("author"),
        written_before__gt=Coalesce(OuterRef("kept_at"), OuterRef("saved_at")),
    )
    return Exists(endings if by is None else endings.filter(at__lte=by))


def _locked(author: int) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=author)


@transaction.atomic
def _forget_batch(over: ReflectionQuerySet, author: int, at: datetime) -> int:
    _locked(author)
    batch = {entry.pk: entry for entry in over.order_by("pk").only("pk", "agency")[:A_BATCH]}
    for share in Share.objects.filter(reflection__in=list(batch)).select_related("person"):
        share.reflection = batch[share.reflection_id]
        share.withdraw(by=None, at=at)
    record_all("reflection.deleted", on=batch.values(), by=None, at=at)
    Reflection.objects.filter(pk__in=list(batch)).only("pk").delete()
    return len(batch)


@transaction.atomic
def _forget_batch_of_versions(over: EarlierVersionQuerySet, author: int) -> int:
    _locked(author)
    theirs = over.filter(reflection__author=author).order_by("pk")
    batch = list(theirs.values_list("pk", flat=True)[:A_BATCH])
    gone, _by_model = Version.objects.filter(pk__in=batch).delete()
    return gone
