"""What follows a session: its summary to the members, and a question to a host who left none."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.attendance import Attendance
from communities.models.notes import NotesVersion
from communities.models.session import Session, SessionQuerySet
from communities.notices import RecordMissing, SessionSummary
from portal.web.privacy import NONE, WORK

SUMMARY_AFTER = timedelta(hours=1)  # time to finish the notes
ASK_AFTER = timedelta(days=1)
TOO_OLD = timedelta(days=7)  # what is older is left in peace


class FollowUp(models.Model):
    """One thing that followed a session, once."""

    privacy = {"id": NONE, "session": WORK, "kind": NONE, "at": WORK}

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("members got its summary")
        ASKED = "asked", _("its host was asked for what is missing")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("what followed a session")
        verbose_name_plural = _("what followed sessions")
        constraints = [
            models.UniqueConstraint(fields=["session", "kind"], name="communities_followup_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["summary", "asked"]), name="communities_followup_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.session_id}"


def follow_up(at: datetime | None = None) -> int:
    """Send the summaries that are due and ask the hosts that are to be asked; how many of both.

    Each once a session, however often and beside whomever this runs.
    """
    at = at or timezone.now()
    held = Session.objects.standing().filter(ends_at__gt=at - TOO_OLD)
    held = held.select_related("series__community", "host")
    marked, written = (
        Exists(model.objects.filter(session=OuterRef("pk"))) for model in (Attendance, NotesVersion)
    )
    done = 0
    summed_up = held.filter(Q(marked) | Q(written), ends_at__lte=at - SUMMARY_AFTER)
    for session in _waiting(summed_up, FollowUp.Kind.SUMMARY):
        done += _follow(session, FollowUp.Kind.SUMMARY, at)
    lacking = held.filter(~Q(marked) | ~Q(written), ends_at__lte=at - ASK_AFTER)
    for session in _waiting(lacking, FollowUp.Kind.ASKED):
        done += _follow(session, FollowUp.Kind.ASKED, at)
    return done


def _waiting(sessions: SessionQuerySet, kind: str) -> SessionQuerySet:
    followed = FollowUp.objects.filter(session=OuterRef("pk"), kind=kind)
    return sessions.filter(~Exists(followed))


@transaction.atomic
def _follow(session: Session, kind: str, at: datetime) -> bool:
    _row, fresh = FollowUp.objects.get_or_create(session=session, kind=kind, defaults={"at": at})
    if not fresh:
        return False
    if kind == FollowUp.Kind.SUMMARY:
        SessionSummary.tell(session.community.members(at), about=session, due_at=at)
    else:
        host = session.host
        joined = host and session.community.members(at).filter(pk=host.pk).exists()
        asked = [host] if host and joined else session.community.hosts(at)
        RecordMissing.tell(asked, about=session, due_at=at)
    return True


def thin_out_notes(at: datetime | None = None) -> int:
    """Forget saves that no history shows, of sessions that ended a day to a week ago; how many."""
    at = at or timezone.now()
    ended = Session.objects.filter(ends_at__range=(at - TOO_OLD, at - ASK_AFTER))
    written = ended.filter(notes_versions__isnull=False).distinct()
    return sum(session.notes_versions.all().thin_out() for session in written)
