"""A certificate of hours: what it said when it was issued, and a code that vouches for it."""

import secrets
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.durations import in_words
from portal.agencies.models import Agency
from portal.people.models import User
from portal.web.privacy import NONE, WORK

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
LENGTH = 12


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _each in range(LENGTH))


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def issued_to(self, person: User) -> Self:
        return self.filter(person=person)


class Certificate(models.Model):
    """The hours of one person from `first` to `last`, as they stood at `issued_at`: `attended`
    lists the sessions (title, community, start, minutes, whether it was put right), so that the
    paper stays what it was. What is put right later is in the next one.

    Whoever is shown the paper may check its code: they are told period, hours and day, no name.
    """

    privacy = {
        "id": NONE,
        "person": WORK,
        "agency": WORK,
        "first": WORK,
        "last": WORK,
        "minutes": WORK,
        "attended": WORK,
        "code": NONE,
        "issued_at": WORK,
    }

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="certificates")
    agency = models.ForeignKey(Agency, on_delete=models.SET_NULL, null=True, related_name="+")
    first = models.DateField()
    last = models.DateField()
    minutes = models.PositiveIntegerField()
    attended = models.JSONField(default=list)
    code = models.CharField(max_length=LENGTH, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of hours")
        verbose_name_plural = _("certificates of hours")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lte=F("last")),
                name="communities_certificate_period",
                violation_error_message=_("Choose a last day that is not before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"certificate of {self.person_id}"

    @property
    def total(self) -> str:
        return in_words(self.minutes)

    @property
    def sessions(self) -> int:
        return len(self.attended)

    @property
    def spaced_code(self) -> str:
        """The code as people copy it: in fours."""
        return "-".join(self.code[i : i + 4] for i in range(0, LENGTH, 4))

    @classmethod
    def issue(
        cls,
        person: User,
        *,
        agency: Agency | None,
        first: date,
        last: date,
        attended: list[dict[str, Any]],
        at: datetime | None = None,
    ) -> "Certificate":
        """The same hours of the same period have one certificate, however often it is asked for."""
        said = {"first": first, "last": last, "attended": attended}
        found = cls.objects.filter(person=person, agency=agency, **said).first()
        return found or cls.objects.create(
            person=person,
            agency=agency,
            minutes=sum(each["minutes"] for each in attended),
            code=new_code(),
            issued_at=at or timezone.now(),
            **said,
        )
