"""What people can be told. Each app's `notices.py` has a class a kind:

@register
class SessionReminder(NoticeKind):
    kind = "session.reminder"
    title = _("A session is coming")
    category = Category.SESSIONS
    template = "communities/emails/session_reminder"   # .subject.txt .txt .html

SessionReminder.tell(members, about=session, due_at=..., expires_at=session.starts_at)
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notices.models import Category, Channel, Delivery, Notice, PushSubscription
from portal.notices.models.notice import NoticeQuerySet
from portal.notices.waking import wake_on_commit
from portal.notices.wishes import refusing
from portal.people.models import User


class NoticeKind:
    """One kind of notice. Subclasses name it, and may narrow `still_holds` and widen `context`."""

    kind: ClassVar[str]
    title: ClassVar[str | Promise]
    category: ClassVar[Category]
    template: ClassVar[str]
    channels: ClassVar[tuple[Channel, ...]] = (Channel.MAIL, Channel.PUSH)
    # Goes out in quiet hours too. For what cannot wait until morning, and little else.
    urgent: ClassVar[bool] = False
    # Says something that people must know (of their account, say): no opting out.
    essential: ClassVar[bool] = False
    why_essential: ClassVar[str | Promise] = _("You need to know it.")
    # Waits for a digest where its reader has one for the category.
    in_digests: ClassVar[bool] = True
    # What became of other mails decides when it goes: `waits` says.
    in_order: ClassVar[bool] = False
    # What `subject_of` loads along with the subject, as select_related has it.
    related: ClassVar[tuple[str, ...]] = ()

    @classmethod
    @transaction.atomic
    def tell(
        cls,
        people: Iterable[User],
        *,
        about: Model,
        due_at: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> int:
        """Write one notice a person, in the caller's transaction; how many are new.

        A person twice in `people`, or told before of the same at the same instant, is told once.
        """
        now = timezone.now()
        due_at = due_at or now
        told = Notice.objects.filter(**cls._key(about), due_at=due_at)
        before = set(told.values_list("recipient_id", flat=True))
        fresh = {person.pk for person in people} - before
        if not fresh:
            return 0
        unlisted = refusing(cls, Channel.PORTAL).filter(pk__in=fresh)
        hidden = set(unlisted.values_list("pk", flat=True))
        Notice.objects.bulk_create(
            [
                Notice(
                    **cls._key(about),
                    recipient_id=person,
                    due_at=due_at,
                    expires_at=expires_at,
                    created_at=now,
                    in_portal=person not in hidden,
                )
                for person in sorted(fresh)
            ],
            ignore_conflicts=True,  # somebody else may be telling them of it at this moment
            batch_size=1000,
        )
        written = told.filter(recipient__in=fresh).values_list("pk", "recipient_id")
        reached = cls._with_a_browser(fresh)
        Delivery.objects.bulk_create(
            [
                Delivery(notice_id=notice, channel=channel, next_try_at=due_at)
                for notice, person in written
                for channel in cls.channels
                if channel != Channel.PUSH or person in reached
            ],
            ignore_conflicts=True,
            batch_size=1000,
        )
        if due_at <= now:
            wake_on_commit()
        return len(fresh)

    @classmethod
    def withdraw(
        cls, *, about: Model, people: Iterable[User] | None = None, at: datetime | None = None
    ) -> int:
        """Take back what has not been read or sent; how many notices."""
        notices = Notice.objects.standing().filter(**cls._key(about), read_at=None)
        if people is not None:
            notices = notices.filter(recipient__in=list(people))
        return notices.take_back(at)

    @classmethod
    def seen(cls, about: Model | QuerySet[Any], *, by: User, at: datetime | None = None) -> int:
        """`by` opened what it is about, by whatever way: that they were told of it counts as read,
        and no mail of it goes out. How many were new. `about` may be several. One query."""
        of = about._meta if isinstance(about, Model) else about.model._meta
        ids: Any = [about.pk] if isinstance(about, Model) else about.values("pk")
        notices = cls.unread_by(by.pk).filter(subject_type=of.label_lower, subject_id__in=ids)
        return notices.read_all(at)

    @classmethod
    def unread_by(cls, person: int) -> NoticeQuerySet:
        """What the person of this id was told of the kind, and has not read."""
        return Notice.objects.filter(kind=cls.kind, recipient=person).unread()

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        """Whether the notice is still true and its reader may still see the subject.

        Asked again at the moment of sending and of showing; subclasses narrow it.
        """
        return bool(notice.recipient.is_active)

    @classmethod
    def gather(cls, subject: Any, people: Collection[User]) -> None:
        """Read for all of these people in one query what `still_holds` will ask about each, and
        note it at `subject`, which lives as long as a batch of mails. Where a kind has nothing to
        note, `still_holds` asks the database."""

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        """What the three templates receive. Never a JOURNAL or FREE field in subject or URL."""
        return {"notice": notice, "subject": subject, "person": notice.recipient}

    @classmethod
    def url(cls, notice: Notice, subject: Any) -> str:
        """Where the thing is, in full; empty when it has no page.

        The context's own `url`, a path or in full, or else the subject's page.
        """
        find = getattr(subject, "get_absolute_url", str)
        path = str(cls.context(notice, subject).get("url") or find())
        return settings.PUBLIC_URL + path if path.startswith("/") else path

    @classmethod
    def alternatives(cls, notice: Notice, subject: Any) -> list[tuple[str, str]]:
        """The same thing said in further forms, for programs: (content, MIME type)."""
        return []

    @classmethod
    def attachments(cls, notice: Notice, subject: Any) -> list[tuple[str, bytes, str]]:
        """What goes with the mail: (file name, content, MIME type)."""
        return []

    @classmethod
    def waits(cls, notice: Notice, subject: Any) -> bool:
        """Whether another mail must go first. Asked at the moment of sending, where `in_order`."""
        return False

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> str | Promise:
        """One sentence that tells the reader why they got this."""
        return WHY[cls.category]

    @classmethod
    def is_pushed(cls) -> bool:
        """Whether browsers that asked for notices show it."""
        return Channel.PUSH in cls.channels and Channel.PUSH in Channel.offered()

    @classmethod
    def _with_a_browser(cls, people: Collection[int]) -> set[int]:
        """Which of these people have one that shows notices."""
        if not cls.is_pushed():
            return set()
        theirs = PushSubscription.objects.filter(person__in=people)
        return set(theirs.values_list("person_id", flat=True))

    @classmethod
    def _key(cls, about: Model) -> dict[str, Any]:
        return {
            "kind": cls.kind,
            "subject_type": about._meta.label_lower,
            "subject_id": about.pk,
        }


WHY = {
    Category.SESSIONS: _("You get this because you belong to the community."),
    Category.REFLECTIONS: _("You get this because it is about something you wrote or may read."),
    Category.PRACTICE: _("You get this because it is about your practice, or a review you do."),
    Category.REMINDERS: _("You get this because a group of yours is reminded of it."),
    Category.AGENCY: _("You get this because of your role in your agency, or your account here."),
    Category.DIGEST: _("You get this because you chose to have these together in one mail."),
}

kinds: dict[str, type[NoticeKind]] = {}


def register(kind: type[NoticeKind]) -> type[NoticeKind]:
    """Make a kind known. Raises ValueError on a name that is taken."""
    if kinds.setdefault(kind.kind, kind) is not kind:
        raise ValueError(f"{kind.kind} is registered twice")
    return kind


def subject_of(notice: Notice) -> Model | None:
    """The thing a notice is about, or None when it is gone."""
    model = apps.get_model(notice.subject_type)
    related = kinds[notice.kind].related if notice.kind in kinds else ()
    found = model._default_manager.select_related(*related or (None,))
    return found.filter(pk=notice.subject_id).first()


Subjects = dict[tuple[str, str, int], Model | None]


def subjects_of(notices: Iterable[Notice]) -> Subjects:
    """What each of the notices is about, by kind, type and id: a query for each kind.

    None where it is gone; nothing where its type is unknown.
    """
    wanted: dict[tuple[str, str], set[int]] = defaultdict(set)
    for notice in notices:
        wanted[notice.kind, notice.subject_type].add(notice.subject_id)
    found: Subjects = {}
    for (kind, label), ids in wanted.items():
        with suppress(LookupError):
            related = kinds[kind].related if kind in kinds else ()
            rows = apps.get_model(label)._default_manager.select_related(*related or (None,))
            there = rows.in_bulk(ids)
            found |= {(kind, label, pk): there.get(pk) for pk in ids}
    return found
