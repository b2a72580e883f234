"""One session that somebody set otherwise than its series says, and can put back."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import planning
from communities.models.session import Session
from communities.notices import SessionMoved
from portal.audit.events import record
from portal.people.models import User
from portal.recurrence import instant
from portal.web.privacy import NONE, WORK


class Override(models.Model):
    """What of a session was set by hand: its times (day, hour and length), its host, or both.

    The values are the session's own; changes of the series leave them.
    """

    privacy = {
        "id": NONE,
        "session": WORK,
        "times": NONE,
        "hosts": NONE,
        "by": WORK,
        "at": WORK,
    }

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="override")
    times = models.BooleanField(default=False)
    hosts = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of one session")
        verbose_name_plural = _("changes of one session")
        constraints = [
            models.CheckConstraint(
                condition=Q(times=True) | Q(hosts=True),
                name="communities_override_of_something",
                violation_error_message=_("Change the time or the host."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.session}, set by hand"


@transaction.atomic
def set_by_hand(
    session: Session,
    *,
    starts: datetime,
    minutes: int,
    host: User | None,
    by: User | None,
    at: datetime | None = None,
) -> None:
    """Let this one session start at the wall time `starts` of its series' zone, last `minutes`,
    and be hosted by `host`. It keeps its identity; the others stay. The same changes nothing.

    Raises ValidationError when it has begun, was called off, or would start in the past.
    """
    at = at or timezone.now()
    session = _locked(session, at)
    if session.is_cancelled:
        raise ValidationError(_("This session is called off. Let it take place again first."))
    starts_at = instant(starts, session.series.time_zone)
    ends_at = starts_at + timedelta(minutes=minutes)
    moves = (starts_at, ends_at) != (session.starts_at, session.ends_at)
    if moves and starts_at <= at:
        raise ValidationError(_("Choose a time that is still to come."))
    if not moves and host == session.host:
        return
    kept = {
        "times": moves or session.keeps_its_time,
        "hosts": host != session.host or session.keeps_its_host,
    }
    Override.objects.update_or_create(session=session, defaults=kept | {"by": by, "at": at})
    session.host, session.changed_at = host, at
    fields = ["host", "changed_at"]
    if moves:
        session.starts_at, session.ends_at, session.holiday = starts_at, ends_at, ""
        session.sequence += 1
        fields += ["starts_at", "ends_at", "holiday", "sequence"]
    session.save(update_fields=fields)
    record("session.moved", on=session, by=by, agency=session.community.agency, at=at)
    if moves:
        _tell(session, at)


@transaction.atomic
def put_back(session: Session, *, by: User | None, at: datetime | None = None) -> None:
    """Let the session be as its series says again. One that is so already stays.

    Raises ValidationError when it has begun, or when its time by the rule has gone by.
    """
    at = at or timezone.now()
    session = _locked(session, at)
    if not hasattr(session, "override"):
        return
    moved = session.keeps_its_time
    session.override.delete()
    del session._state.fields_cache["override"]
    if moved and session.rule_gave <= at:
        raise ValidationError(_("The time that its series gives has gone by. Move it instead."))
    series = session.series
    if moved:
        planning.replan(series, by=by, at=at)
    if not series.turns.exists():
        series.sessions.filter(pk=session.pk).update(host=series.host, changed_at=at)
    planning.deal(series, at)
    record("session.put_back", on=session, by=by, agency=session.community.agency, at=at)
    session.refresh_from_db()
    if moved and not session.is_cancelled:
        _tell(session, at)


def _locked(session: Session, at: datetime) -> Session:
    """The session as it stands, for this transaction alone. Raises ValidationError once begun."""
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    related = ("series__community__agency", "override", "cancellation", "host")
    session = Session.objects.select_related(*related).get(pk=session.pk)
    if session.starts_at <= at:
        raise ValidationError(_("This session has begun. It stays as it was."))
    return session


def _tell(session: Session, at: datetime) -> None:
    planning.look_again(session.series, at)
    SessionMoved.tell_anew(
        session.community.members(at), about=session, due_at=at, expires_at=session.ends_at
    )
