"""Who came to a session, who said so, and what was put right later."""

from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.session import Session
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import FREE, NONE, WORK


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def came(self) -> Self:
        """Those who were there, as it stands after corrections."""
        return self.filter(came=True)


class Attendance(models.Model):
    """What is known of one person at one session. No row: nobody said anything."""

    privacy = {
        "id": NONE,
        "session": WORK,
        "person": WORK,
        "came": WORK,
        "way": WORK,
        "by": WORK,
        "at": WORK,
    }

    class Way(models.TextChoices):
        HOST = "host", _("marked by the host")
        CODE = "code", _("entered the session's code")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="attendances")
    came = models.BooleanField(default=True)
    way = models.CharField(max_length=4, choices=Way)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="communities_attendance_once",
                violation_error_message=_("Their attendance is marked already."),
            ),
            models.CheckConstraint(
                condition=Q(way__in=["host", "code"]), name="communities_attendance_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.session_id}"

    @classmethod
    @transaction.atomic
    def mark(
        cls,
        session: Session,
        person: User,
        *,
        came: bool = True,
        way: str = Way.HOST,
        by: User | None,
        at: datetime | None = None,
    ) -> "Attendance":
        """Say that the person came, or take it back. The same again changes nothing.

        Raises ValidationError when it was put right with a reason: a mark has none.
        """
        at = at or timezone.now()
        marked, fresh = cls.objects.select_for_update(of=("self",)).get_or_create(
            session=session,
            person=person,
            defaults={"came": came, "way": way, "by": by, "at": at},
        )
        if not fresh:
            if marked.came == came:
                return marked
            if marked.corrections.exists():
                raise ValidationError(
                    _("This was put right with a reason. Put it right again there.")
                )
            marked.came, marked.way, marked.by, marked.at = came, way, by, at
            marked.save(update_fields=["came", "way", "by", "at"])
        record("attendance.marked", on=marked, by=by, agency=session.community.agency, at=at)
        return marked

    @classmethod
    @transaction.atomic
    def put_right(
        cls,
        session: Session,
        person: User,
        *,
        came: bool,
        reason: str,
        by: User,
        at: datetime | None = None,
    ) -> "Attendance":
        """Correct what is known of the person, or what nobody said: then they had not come."""
        known, _fresh = cls.objects.get_or_create(
            session=session,
            person=person,
            defaults={"came": False, "way": cls.Way.HOST, "by": by, "at": at or timezone.now()},
        )
        known.correct(came=came, reason=reason, by=by, at=at)
        return known

    @transaction.atomic
    def correct(self, *, came: bool, reason: str, by: User, at: datetime | None = None) -> None:
        """Put it right afterwards, with a reason that stays. The same again changes nothing.

        Raises ValidationError on `reason` when nobody says why.
        """
        at = at or timezone.now()
        if not reason.strip():
            raise ValidationError({"reason": _("Say why you put it right.")})
        now = Attendance.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if now.came == came:
            return
        self.corrections.create(was=now.came, reason=reason.strip(), by=by, at=at)
        self.came = came
        self.save(update_fields=["came"])
        record("attendance.corrected", on=self, by=by, agency=self.session.community.agency, at=at)


class AttendanceCorrection(models.Model):
    """An attendance was put right after the session: from what, by whom, why."""

    privacy = {
        "id": NONE,
        "attendance": WORK,
        "was": WORK,
        "reason": FREE,
        "by": WORK,
        "at": WORK,
    }

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="corrections")
    was = models.BooleanField()
    reason = models.TextField(_("why"), max_length=500)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("correction of an attendance")
        verbose_name_plural = _("corrections of attendances")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="communities_attendancecorrection_says_why",
                violation_error_message=_("Say why you put it right."),
            )
        ]

    def __str__(self) -> str:
        return f"correction of {self.attendance_id}"
