"""What people are told about reflections. Never a word of one, nor of an answer to it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.notices import AboutRoutine
from portal.notices.kinds import Category, NoticeKind, register
from portal.notices.models import Notice


@register
class ReflectionShared(NoticeKind):
    """About a share, to the person it was made for."""

    kind = "reflection.shared"
    title = _("Someone shares a reflection with you")
    category = Category.REFLECTIONS
    template = "reflections/emails/reflection_shared"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        shares = type(subject).objects.reaching(notice.recipient)
        return super().still_holds(notice, subject) and shares.filter(pk=subject.pk).exists()

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        entry = subject.reflection
        about = {"author": entry.author, "url": entry.get_absolute_url()}
        return super().context(notice, subject) | about


@register
class ReflectionAnswered(NoticeKind):
    """About a response, to the other one of the thread."""

    kind = "reflection.answered"
    title = _("Someone answers in a reflection's thread")
    category = Category.REFLECTIONS
    template = "reflections/emails/reflection_answered"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        responses = type(subject).objects.visible_to(notice.recipient)
        return super().still_holds(notice, subject) and responses.filter(pk=subject.pk).exists()

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        about = {"writer": subject.by, "url": subject.get_absolute_url()}
        return super().context(notice, subject) | about


@register
class ThreadShown(NoticeKind):
    """About a shared thread, to the reader whose answers the author lets others read."""

    kind = "reflection.thread_shown"
    title = _("Others may read an answer of yours")
    category = Category.REFLECTIONS
    template = "reflections/emails/thread_shown"
    related = ("share__reflection__author", "share__person", "share__community")

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        readable = type(subject.share).objects.reaching(notice.recipient)
        entry = readable.filter(reflection=subject.share.reflection_id)
        return super().still_holds(notice, subject) and entry.exists()

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        entry = subject.share.reflection
        about = {"author": entry.author, "audience": subject.share.reader}
        return super().context(notice, subject) | about | {"url": entry.get_absolute_url()}


@register
class ReaderLeft(NoticeKind):
    """About a reflection, to its author: who was to answer has left, and nobody took their place.
    An entry is handed to nobody but by its author."""

    kind = "reflection.reader_left"
    title = _("Someone who was to answer your reflection has left")
    category = Category.REFLECTIONS
    template = "reflections/emails/reader_left"

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return super().still_holds(notice, subject) and subject.author_id == notice.recipient_id

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        url = reverse("reflections:shares.new", args=[subject.key])
        return super().context(notice, subject) | {"url": url}


@register
class EntriesEnd(NoticeKind):
    """About an ending, to the author whose entries go: a month before any does."""

    kind = "reflections.ending"
    title = _("Your agency's time for keeping reflections is running out")
    category = Category.REFLECTIONS
    template = "reflections/emails/entries_end"
    essential = True
    why_essential = _("It comes before your own words go, so that you can keep them.")
    related = ("retention__agency",)

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject)
            and subject.author_id == notice.recipient_id
            and subject.retention.holds()
        )

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        about = {"retention": subject.retention, "goes_at": subject.goes_at}
        url = reverse("reflections:exports.new")
        return super().context(notice, subject) | about | {"url": url}


@register
class TimeToReflect(AboutRoutine):
    """A group's time to reflect. The page it leads to is one's own journal's."""

    kind = "reflection.time"
    title = _("Time to reflect")
    template = "reflections/emails/time_to_reflect"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        url = reverse("reflections:reflections.new")
        return super().context(notice, subject) | {"group": subject.group, "url": url}


@register
class AnswersWaiting(AboutRoutine):
    """Someone shared a reflection and waits. Not who, and not what."""

    kind = "reflections.waiting"
    title = _("A reflection waits for your answer")
    template = "reflections/emails/answers_waiting"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        return super().context(notice, subject) | {"url": reverse("reflections:responses.index")}
