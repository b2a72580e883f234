"""What a group's recurring reminders say. The subject is the routine; never a name, never a word
that somebody wrote: what there is stands on the page that the notice leads to."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notices.kinds import Category, NoticeKind, register, subject_of
from portal.notices.models import Notice

# Of one kind nobody hears twice a day: not from their community, their team and their agency, nor
# on the clocks of two zones between which they moved.
HEARD = timedelta(hours=20)


class AboutRoutine(NoticeKind):
    """Of use while the routine stands and its reader is one whom it reminds."""

    category = Category.REMINDERS
    related = ("agency", "community", "team_of", "made_by")

    @classmethod
    def still_holds(cls, notice: Notice, subject: Any) -> bool:
        return (
            super().still_holds(notice, subject)
            and subject is not None
            and subject.speaks()
            and subject.routine_kind.reaches(subject, notice.recipient, notice.due_at)
            and not cls._said_already(notice)
        )

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        return super().context(notice, subject) | {"routine": subject}

    @classmethod
    def why(cls, notice: Notice, subject: Any) -> str | Promise:
        about = {"group": subject.group, "when": subject.words, "who": subject.made_by}
        if subject.made_by is None:
            return _("You get this because %(group)s is reminded of it: %(when)s.") % about
        return (
            _("You get this because %(group)s is reminded of it: %(when)s. %(who)s set it up.")
            % about
        )

    @classmethod
    def look_again(cls, people: Iterable[int | None], at: datetime | None = None) -> None:
        """Something of these people (their ids) was done: of whom nothing else of the kind waits,
        what they have not read is taken back. One query where there is nothing of it."""
        unread = Notice.objects.standing().filter(
            kind=cls.kind, recipient__in=[pk for pk in people if pk], read_at=None
        )
        latest = unread.order_by("recipient", "-due_at").distinct("recipient")
        for notice in latest.select_related("recipient"):
            subject = subject_of(notice)
            if subject is None or not cls.still_holds(notice, subject):
                unread.filter(recipient=notice.recipient_id).take_back(at)

    @classmethod
    def _said_already(cls, notice: Notice) -> bool:
        """Whether another group of theirs had them told of the same, at this time or just before:
        two rules that come due in one instant do not see each other."""
        same = Notice.objects.standing().filter(kind=cls.kind, recipient=notice.recipient_id)
        since: datetime = notice.due_at - HEARD
        return same.filter(due_at__gt=since, due_at__lte=notice.due_at, pk__lt=notice.pk).exists()


@register
class CommitmentsDue(AboutRoutine):
    """What one meant to try comes back today. Which it is stands on their page alone."""

    kind = "commitments.due"
    title = _("What you meant to try comes back")
    template = "communities/emails/commitments_due"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        return super().context(notice, subject) | {"url": reverse("communities:commitments.index")}


@register
class SupervisionWeek(AboutRoutine):
    """A supervisor's week, in numbers."""

    kind = "supervision.week"
    title = _("Your week as a supervisor or coach")
    template = "communities/emails/supervision_week"

    @classmethod
    def context(cls, notice: Notice, subject: Any) -> dict[str, Any]:
        from communities.supervision_week import lines_for  # reads models

        lines = lines_for(notice.recipient, notice.due_at)
        return super().context(notice, subject) | {
            "lines": lines,
            "url": reverse("home:today.index"),
        }
