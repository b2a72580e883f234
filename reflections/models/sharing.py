"""What an author does to let others read an entry, and what those readers do."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from portal.agencies.access import supervises
from portal.audit.events import record
from portal.people.models import User
from portal.people.once import once
from reflections.models.answering import may_answer
from reflections.models.answers import tidy
from reflections.models.opening import ONE_READING, opened_between
from reflections.models.removal import Removal
from reflections.models.share import Share, ways_in
from reflections.notices import ReflectionAnswered, ReflectionShared
from reflections.wordless import wordlessly

if TYPE_CHECKING:
    from reflections.models.opening import Opening
    from reflections.models.reflection import Reflection
    from reflections.models.response import Response

Reader = User | Community
KEEP_FIRST = _("Keep the reflection first. A draft stays with you.")
ONLY_COACHES = _("Supervisors and coaches answer here. Talk about it when you meet.")


class Sharing:
    """The verbs of a reflection that others may read."""

    @transaction.atomic
    def share_with(self, reader: Reader, *, by: User, at: datetime | None = None) -> "Share":
        """Let a community of the author's, or someone who supervises or coaches them, read it.

        Twice is as once. Raises PermissionDenied when it is not `by`'s own, and ValidationError
        with words for a draft, a removed entry, or a reader who is neither.
        """
        at = at or timezone.now()
        entry = self._own(by)
        if not entry.is_kept:
            raise ValidationError(KEEP_FIRST)
        if not _may_read(reader, by, at):
            raise ValidationError(
                _("Choose a community you belong to, or someone who supervises or coaches you.")
            )
        share, fresh = entry.shares.get_or_create(**_as_fields(reader), defaults={"at": at})
        # Asked last: the new row has waited for a removal at the same moment.
        if Removal.objects.filter(reflection=entry).exists():
            raise ValidationError(_("You removed it. Bring it back before you share it."))
        if fresh:
            record("reflection.shared", on=entry, by=by, at=at)
            if isinstance(reader, User):
                ReflectionShared.tell([reader], about=share, due_at=at)
        return share

    @transaction.atomic
    def withdraw_from(self, reader: Reader, *, by: User, at: datetime | None = None) -> None:
        """Let them read it no more. Twice is as once. Raises PermissionDenied if not `by`'s own."""
        for share in self._own(by).shares.filter(**_as_fields(reader)):
            share.withdraw(by=by, at=at)

    def ways_in(self, person: User) -> "list[Share]":
        """The shares that let the person read it now, with their communities, the one with the
        person themselves last. None for a draft. Of a request's person: asked once."""
        entry = cast("Reflection", self)

        def read() -> "list[Share]":
            return ways_in(person, entry.pk)

        return once(person, ("ways in", entry.pk), read) if entry.is_kept else []

    def open_by(self, person: User, *, at: datetime | None = None) -> "Opening | None":
        """Note that a reader opened it, once a reading: that they were told of it counts as read.
        The author's own look is none."""
        at = at or timezone.now()
        entry = cast("Reflection", self)
        if person.pk == entry.author_id:
            return None
        if just_now := opened_between.first(entry.pk, person.pk, at - ONE_READING, at):
            return just_now
        ReflectionShared.seen(entry.shares.all(), by=person, at=at)
        return entry.openings.create(reader=person, at=at)

    def answers_read_by(self, person: User, *, at: datetime | None = None) -> None:
        """That the author, or a reader, was told of answers in it counts as read."""
        entry = cast("Reflection", self)
        ReflectionAnswered.seen(entry.responses.all(), by=person, at=at)

    @transaction.atomic
    def respond(
        self, *, by: User, text: str, reader: User | None = None, at: datetime | None = None
    ) -> "Response":
        """Answer in the thread between the author and a reader; the other one is told.

        A reader writes in their own thread; the author names whose (`reader`). Raises
        PermissionDenied when `by` can't read the entry or is neither supervisor nor coach, and
        ValidationError with words on no text or when the author names someone who has not
        answered, or reads it no more.
        """
        at = at or timezone.now()
        entry = cast("Reflection", self)
        text = tidy(text).strip()
        if not text:
            raise ValidationError(_("Write your answer first."))
        other = entry.author
        if by == entry.author:
            if reader is None or not entry.responses.filter(reader=reader).exists():
                raise ValidationError(_("Choose whose answer you are replying to."))
            if not entry.shares.reaching(reader).exists():
                raise ValidationError(
                    _("They can't read it any more, so a reply would reach nobody.")
                )
            other = reader
        elif not type(entry).objects.visible_to(by).filter(pk=entry.pk).exists():
            raise PermissionDenied(_("The author does not share this with you any more."))
        elif not may_answer(by, entry.author_id):
            raise PermissionDenied(ONLY_COACHES)
        response = wordlessly(
            lambda: entry.responses.create(reader=reader or by, by=by, text=text, at=at)
        )
        record("reflection.answered", on=entry, by=by, at=at)
        ReflectionAnswered.tell([other], about=response, due_at=at)
        return response

    def _own(self, by: User) -> "Reflection":
        entry = cast("Reflection", self)
        if entry.author_id != by.pk:
            raise PermissionDenied(_("Only the author decides who reads it."))
        return entry


def _may_read(reader: Reader, author: User, at: datetime) -> bool:
    if isinstance(reader, Community):
        return Community.objects.joined_by(author).standing().filter(pk=reader.pk).exists()
    return supervises(reader, author, at)


def _as_fields(reader: Reader) -> dict[str, Any]:
    if isinstance(reader, Community):
        return {"community": reader, "person": None}
    return {"person": reader, "community": None}
