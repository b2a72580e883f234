"""How a session's minutes are spent. The time to reflect is protected."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.models.session import Session
from portal.audit.events import record
from portal.people.models import User
from portal.prepared import prepared
from portal.web.privacy import FREE, NONE, WORK


class Part(models.TextChoices):
    LESSON = "lesson", _("Lesson")
    ACTIVITY = "activity", _("Activity")
    DISCUSSION = "discussion", _("Discussion")
    COMMITMENTS = "commitments", _("Commitments")
    DEBRIEF = "debrief", _("Debrief")


REFLECTING = (Part.DISCUSSION, Part.DEBRIEF)


class AgendaItem(models.Model):
    """One part of a session and its minutes."""

    privacy = {"id": NONE, "session": WORK, "place": NONE, "kind": NONE, "minutes": NONE}

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("part"), max_length=12, choices=Part)
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("part of an agenda")
        verbose_name_plural = _("parts of an agenda")
        ordering = ["session", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "place"], name="communities_agendaitem_place_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Part.values), name="communities_agendaitem_kind"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 480)),
                name="communities_agendaitem_minutes",
                violation_error_message=_("Enter between 1 and 480 minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.minutes} min"


class AgendaCut(models.Model):
    """A host kept fewer minutes for reflection than the series asks for, and said why."""

    privacy = {
        "id": NONE,
        "session": WORK,
        "minutes": NONE,
        "floor": NONE,
        "reason": FREE,
        "by": WORK,
        "at": WORK,
    }

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda_cuts")
    minutes = models.PositiveSmallIntegerField()
    floor = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("shortened reflection")
        verbose_name_plural = _("shortened reflections")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__lt=models.F("floor")) & ~Q(reason=""),
                name="communities_agendacut_says_why",
                violation_error_message=_("Say why there is less time to reflect."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes} of {self.floor} min"


def proposed(minutes: int, floor: int) -> dict[str, int]:
    """Minutes a part for a session of `minutes`, with `floor` of them at least for reflection.

    The shares are ours: about a third to reflect, the rest for what there is to reflect on.
    """
    reflecting = min(minutes, max(floor, round(minutes * 0.35)))
    rest = minutes - reflecting
    lesson, commitments = round(rest * 0.35), round(rest * 0.2)
    debrief = round(reflecting * 0.4)
    parts = {
        Part.LESSON: lesson,
        Part.ACTIVITY: rest - lesson - commitments,
        Part.DISCUSSION: reflecting - debrief,
        Part.COMMITMENTS: commitments,
        Part.DEBRIEF: debrief,
    }
    return {part.value: given for part, given in parts.items() if given}


def reflecting(parts: Mapping[str, int]) -> int:
    """The minutes for discussion and debrief."""
    return sum(given for part, given in parts.items() if part in REFLECTING)


@prepared
def _set_for(session: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(session=session).order_by("place")


@prepared
def _cuts(session: int) -> QuerySet[AgendaCut]:
    return AgendaCut.objects.filter(session=session).order_by("-at")[:1]


def cut_of(session: Session) -> AgendaCut | None:
    """When its host last kept fewer minutes to reflect than its series asks for, and why."""
    return _cuts.first(session.pk)


def agenda_of(session: Session) -> list[AgendaItem]:
    """What its host set, or else what we propose (unsaved)."""
    if items := _set_for(session.pk):
        return items
    minutes = round((session.ends_at - session.starts_at).total_seconds() / 60)
    return _items(session, proposed(minutes, session.series.reflection_minutes))


@transaction.atomic
def set_agenda(
    session: Session,
    parts: Mapping[str, int],
    *,
    by: User | None,
    why: str = "",
    at: datetime | None = None,
) -> None:
    """Spend the session's minutes so; a part with 0 minutes is left out. Setting the same changes
    nothing.

    Raises ValidationError: on `parts` when they last longer than the session, on `why` when they
    leave less time to reflect than the series keeps for it and nobody says why.
    """
    at = at or timezone.now()
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    parts = {part: given for part, given in parts.items() if given}
    if parts == {item.kind: item.minutes for item in session.agenda.all()}:
        return
    minutes = round((session.ends_at - session.starts_at).total_seconds() / 60)
    if sum(parts.values()) > minutes:
        raise ValidationError(
            _("The parts last %(sum)d minutes and the session %(minutes)d. Take some away."),
            params={"sum": sum(parts.values()), "minutes": minutes},
        )
    floor, kept = session.series.reflection_minutes, reflecting(parts)
    if kept < floor:
        if not why.strip():
            raise ValidationError(
                {
                    "why": ValidationError(
                        ngettext(
                            "This leaves %(kept)d minute to reflect, and the series keeps"
                            " %(floor)d. Say why, or give discussion and debrief more.",
                            "This leaves %(kept)d minutes to reflect, and the series keeps"
                            " %(floor)d. Say why, or give discussion and debrief more.",
                            kept,
                        ),
                        params={"kept": kept, "floor": floor},
                    )
                }
            )
        session.agenda_cuts.create(minutes=kept, floor=floor, reason=why.strip(), by=by, at=at)
        record(
            "agenda.reflection_shortened",
            on=session,
            by=by,
            agency=session.community.agency,
            at=at,
        )
    session.agenda.all().delete()
    AgendaItem.objects.bulk_create(_items(session, parts))
    record("agenda.set", on=session, by=by, agency=session.community.agency, at=at)


def _items(session: Session, parts: Mapping[str, int]) -> list[AgendaItem]:
    ordered = [part for part in Part.values if part in parts]
    return [
        AgendaItem(session=session, place=place, kind=part, minutes=parts[part])
        for place, part in enumerate(ordered, 1)
    ]
