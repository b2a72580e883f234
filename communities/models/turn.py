"""How a meeting goes: which part began when. The clock everybody sees is read from these rows."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.clock import Clock, Line
from communities.models.agenda import REFLECTING, Part, agenda_of, set_agenda
from communities.models.session import Session
from portal.audit.events import record
from portal.people.models import User
from portal.prepared import prepared
from portal.web.privacy import NONE, WORK

OVER = "over"  # the meeting is over: no part of the agenda
OPENS = timedelta(minutes=60)  # before the start
STAYS = timedelta(hours=4)  # after the end: whoever forgot to end it may still do so
MARKABLE = timedelta(hours=24)  # after the end; then attendance is corrected, with a reason


class Turn(models.Model):
    """A part began, or went on with `more` minutes, or the meeting was over."""

    privacy = {"id": NONE, "session": WORK, "kind": NONE, "more": NONE, "by": WORK, "at": WORK}

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="turns")
    kind = models.CharField(max_length=12, choices=[*Part.choices, (OVER, _("Over"))])
    more = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("turn of a meeting")
        verbose_name_plural = _("turns of a meeting")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[*Part.values, OVER]), name="communities_turn_kind"
            ),
            models.CheckConstraint(
                condition=Q(more__lte=60) & (Q(more=0) | ~Q(kind=OVER)),
                name="communities_turn_more",
                violation_error_message=_("Give a part at most 60 more minutes at a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.session_id}"


@prepared
def _turns(session: int) -> QuerySet[Any, Any]:
    return Turn.objects.filter(session=session).values_list("kind", "more", "at")


def clock_of(session: Session, at: datetime | None = None) -> Clock:
    """What the clock shows. Two queries."""
    turns = _turns(session.pk)
    more: dict[str, int] = {}
    for kind, minutes, _at in turns:
        more[kind] = more.get(kind, 0) + minutes
    lines = [
        Line(item.kind, item.get_kind_display(), item.minutes, more.get(item.kind, 0))
        for item in agenda_of(session)
    ]
    return Clock.read(lines, [(kind, began) for kind, _more, began in turns], at or timezone.now())


def opens_at(session: Session) -> datetime:
    return session.starts_at - OPENS


def is_open(session: Session, at: datetime | None = None) -> bool:
    """Whether the meeting's page can be written on: from an hour before, unless called off."""
    return not session.is_cancelled and opens_at(session) <= (at or timezone.now())


def may_run(session: Session, at: datetime | None = None) -> bool:
    """Whether its clock can be set now."""
    return is_open(session, at) and (at or timezone.now()) < session.ends_at + STAYS


def may_mark(session: Session, at: datetime | None = None) -> bool:
    """Whether who came can be marked by a tap; later it is corrected, with a reason."""
    return is_open(session, at) and (at or timezone.now()) < session.ends_at + MARKABLE


@transaction.atomic
def move_to(
    session: Session, kind: str, *, by: User | None, why: str = "", at: datetime | None = None
) -> None:
    """Begin a part, or end the meeting with OVER. What runs already stays as it is.

    Raises ValidationError when the session isn't open, and on `why` when this leaves less time to
    reflect than the series keeps and nobody says why.
    """
    at = at or timezone.now()
    clock = _locked_clock(session, at)
    if kind == clock.standing or (kind == OVER and clock.standing is None):
        return
    _keep_time_to_reflect(session, clock, kind, by=by, why=why, at=at)
    if clock.standing is None and not session.agenda.exists():
        # From now on its parts stay as they are, whatever is proposed another day.
        set_agenda(session, {line.kind: line.minutes for line in clock.lines}, by=by, at=at)
    session.turns.create(kind=kind, by=by, at=at)
    happened = "meeting.ended" if kind == OVER else "meeting.moved_on"
    record(happened, on=session, by=by, agency=session.community.agency, at=at)


@transaction.atomic
def extend(
    session: Session, minutes: int, *, had: int, by: User | None, at: datetime | None = None
) -> None:
    """Give the part that runs more minutes. `had`: how many it had got before, as the host saw it;
    somebody who pressed twice, or beside another, gives them once."""
    at = at or timezone.now()
    now = _locked_clock(session, at).now
    if now is None or now.more != had:
        return
    session.turns.create(kind=now.kind, more=minutes, by=by, at=at)
    record("meeting.extended", on=session, by=by, agency=session.community.agency, at=at)


def _locked_clock(session: Session, at: datetime) -> Clock:
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if not may_run(session, at):
        raise ValidationError(_("This session is not open now, so its clock stands still."))
    return clock_of(session, at)


def _keep_time_to_reflect(
    session: Session, clock: Clock, kind: str, *, by: User | None, why: str, at: datetime
) -> None:
    """Moving on may leave less time to reflect than the series keeps: then say why, once."""
    floor, kept = session.series.reflection_minutes, clock.kept_for(REFLECTING, kind)
    if kept >= floor or kept >= clock.kept_for(REFLECTING, clock.standing):
        return
    if session.agenda_cuts.filter(minutes__lte=kept).exists():
        return
    if not why.strip():
        raise ValidationError(
            {
                "why": ValidationError(
                    ngettext(
                        "Moving on now leaves %(kept)d minute to reflect, and the series keeps"
                        " %(floor)d. Say why, or stay a little longer.",
                        "Moving on now leaves %(kept)d minutes to reflect, and the series keeps"
                        " %(floor)d. Say why, or stay a little longer.",
                        kept,
                    ),
                    params={"kept": kept, "floor": floor},
                )
            }
        )
    session.agenda_cuts.create(minutes=kept, floor=floor, reason=why.strip(), by=by, at=at)
    agency = session.community.agency
    record("agenda.reflection_shortened", on=session, by=by, agency=agency, at=at)
