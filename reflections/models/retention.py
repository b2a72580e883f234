"""How long an agency keeps reflections, and that authors are told before any goes."""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.agencies.models import Agency, Dated, DatedQuerySet
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK
from reflections.notices import EntriesEnd

LONGEST = 50  # years
TOLD_BEFORE = timedelta(days=31)  # a month, whichever it is
AT_ONCE = timedelta(days=31)  # what ends within another month is told of in the same notice


class RetentionQuerySet(DatedQuerySet["Retention"]):
    @transaction.atomic
    def decide(
        self, agency: Agency, years: int | None, *, by: User, at: datetime | None = None
    ) -> "Retention | None":
        """Keep the agency's reflections for so many years from now on; None: without an end.

        What holds already stays as it is. Authors are told a month before anything goes.
        """
        at = at or timezone.now()
        Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)  # one admin at a time
        standing = self.filter(agency=agency, until=None).first()
        if standing and standing.years == years:
            return standing
        if standing:
            standing.until = max(at, standing.since + timedelta(microseconds=1))
            standing.save(update_fields=["until"])
            at = standing.until
        if years is None:
            if standing:
                record("retention.lifted", on=standing, by=by, at=at)
            return None
        made = self.create(agency=agency, years=years, by=by, since=at)
        record("retention.set", on=made, by=by, at=at)
        return made


class Retention(Dated):
    """An agency keeps reflections for so many years after they were kept (a draft: saved)."""

    privacy = {"id": NONE, "agency": WORK, "years": NONE, "by": WORK, "since": WORK, "until": WORK}

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    years = models.PositiveSmallIntegerField(
        _("years"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RetentionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("time that reflections are kept")
        verbose_name_plural = _("times that reflections are kept")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=LONGEST),
                name="reflections_retention_years",
                violation_error_message=_("Choose from 1 to 50 years."),
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(until=None),
                name="reflections_retention_one_holds",
                violation_error_message=_("End what holds before the next."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.years}"

    def ends(self, written: datetime) -> datetime:
        """When an entry reaches its end. It goes later where its author could not be told."""
        return max(written + relativedelta(years=self.years), self.since + TOLD_BEFORE)

    def begun_to_end(self, at: datetime) -> datetime:
        """What was written before has reached its end at `at`."""
        return at - relativedelta(years=self.years)


class EndingQuerySet(models.QuerySet["Ending"]):
    @transaction.atomic
    def tell(self, retention: Retention, author: User, *, at: datetime) -> "Ending":
        """Tell the author which of their entries reach their end."""
        made = self.create(
            retention=retention,
            author=author,
            at=at,
            written_before=retention.begun_to_end(at + TOLD_BEFORE + AT_ONCE),
        )
        if author.is_active:
            EntriesEnd.tell([author], about=made, due_at=at)
        record("reflections.ending", on=made, by=None, agency=retention.agency, at=at)
        return made


class Ending(models.Model):
    """An author was told that what they wrote before `written_before` reaches its end. Nothing goes
    by retention without such a row that is a month old. A hold deletes it: they are told anew."""

    privacy = {"id": NONE, "retention": NONE, "author": WORK, "at": WORK, "written_before": WORK}

    retention = models.ForeignKey(Retention, on_delete=models.CASCADE, related_name="endings")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    written_before = models.DateTimeField()

    objects = EndingQuerySet.as_manager()

    class Meta:
        verbose_name = _("end that was told of")
        verbose_name_plural = _("ends that were told of")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["author", "retention", "at"], name="reflections_ending_of")]

    def __str__(self) -> str:
        return f"{self.author_id} {self.retention_id}"

    @property
    def goes_at(self) -> datetime:
        """The earliest time at which anything of it goes."""
        return self.at + TOLD_BEFORE
