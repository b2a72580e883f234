"""Calibration: several people score the same recordings, blind until all are in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from dateutil.relativedelta import relativedelta
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fidelity.drift.raters import Compared, Difference, course
from fidelity.models.consent import Consent
from fidelity.models.instrument import Version
from fidelity.models.item import Item
from fidelity.models.recording import READERS, Recording
from fidelity.models.review import AlreadySubmitted, Review
from fidelity.models.source import Source
from portal.agencies.models import Agency, Role
from portal.agencies.models.standing import agencies_of
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

IN_A_ROW = 3  # recordings that meet the pass mark before a rater is calibrated (domain.md)


class RoundQuerySet(models.QuerySet["CalibrationRound"]):
    def visible_to(self, person: User) -> Self:
        """Those of the agencies where the person supervises, coaches or is an admin."""
        return self.filter(agency__in=agencies_of(person, *READERS))

    def closable_by(self, person: User) -> Self:
        """Open ones of whoever opened them, and of the agency's admins."""
        theirs = Q(opened_by=person) | Q(agency__in=agencies_of(person, Role.ADMIN))
        return self.visible_to(person).filter(theirs, closed_at=None)

    @transaction.atomic
    def open(
        self,
        *,
        by: User,
        agency: Agency,
        version: Version,
        recordings: Iterable[Recording],
        raters: Iterable[User],
        master: User | None = None,
        due_on: date | None = None,
        at: datetime | None = None,
        **marks: int,
    ) -> "CalibrationRound":
        """Open a round with an empty draft for each rater and recording. Raises ValueError with
        fewer than two raters or without a recording, and ConsentMissing where somebody of the
        agency is heard who has not agreed."""
        people = {person.pk: person for person in [*raters, *([master] if master else [])]}
        heard = list(recordings)
        if len(people) < 2 or not heard:
            raise ValueError("A round takes two raters and a recording.")
        at = at or timezone.now()
        for practitioner in {each.practitioner for each in heard if each.practitioner}:
            Consent.objects.require(practitioner, agency=agency.pk, at=at)
        opened = self.create(
            agency=agency,
            version=version,
            master=master,
            opened_by=by,
            opened_at=at,
            due_on=due_on,
            **marks,
        )
        drafts = Review.objects.bulk_create(
            Review(
                agency=agency,
                version=version,
                recording=recording,
                reviewer=person,
                source=Source.RECORDING,
                started_at=at,
            )
            for recording in heard
            for person in people.values()
        )
        Seat.objects.bulk_create(Seat(round=opened, review=draft) for draft in drafts)
        record("calibration.opened", on=opened, by=by, at=at)
        return opened


class CalibrationRound(models.Model):
    """What was scored is in the seats' reviews. Nobody reads another's before `closed_at`."""

    privacy = {
        "id": NONE,
        "agency": WORK,
        "version": NONE,
        "master": WORK,
        "pass_mark": NONE,
        "valid_months": NONE,
        "opened_by": WORK,
        "opened_at": WORK,
        "due_on": WORK,
        "closed_at": WORK,
    }
    seats: "RelatedManager[Seat]"
    calibrations: "RelatedManager[Calibration]"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    master = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months it is good for"), default=6, validators=[MinValueValidator(1)]
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("score by"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("calibration round")
        verbose_name_plural = _("calibration rounds")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100),
                name="fidelity_round_pass_mark",
                violation_error_message=_("Enter a pass mark from 1 to 100 percent."),
            ),
            models.CheckConstraint(
                condition=Q(valid_months__gte=1),
                name="fidelity_round_valid",
                violation_error_message=_("Enter one month or more."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
                name="fidelity_round_closed_after",
                violation_error_message=_("A round closes after it was opened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.opened_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("fidelity:calibrations.show", args=[self.pk])

    @transaction.atomic
    def close_when_in(self, at: datetime | None = None) -> bool:
        """Close the round if every review of it is submitted, and say who is calibrated."""
        held = CalibrationRound.objects.select_for_update(of=("self",)).filter(
            pk=self.pk, closed_at=None
        )
        if not held.exists() or self.seats.filter(review__submitted_at=None).exists():
            return False
        self.closed_at = max(at or timezone.now(), self.opened_at)
        self.save(update_fields=["closed_at"])
        self._judge()
        record("calibration.closed", on=self, by=None, at=at)
        return True

    @transaction.atomic
    def close_without_missing(self, *, by: User, at: datetime | None = None) -> None:
        """Throw away what is not submitted, and close with what is. One that is submitted this
        very moment stays."""
        waiting = Review.objects.filter(seat__round=self, submitted_at=None)
        for draft in list(waiting.select_related("agency")):
            try:
                draft.discard(by=by)
            except AlreadySubmitted:
                continue
        self.refresh_from_db(fields=["closed_at"])
        if self.closed_at is None:
            self.close_when_in(at)

    def _judge(self) -> None:
        assert self.closed_at is not None
        if self.master_id is None:
            return
        day = timezone.localdate(self.closed_at)
        rows = []
        alike = CalibrationRound.objects.filter(
            agency=self.agency_id, version__instrument=self.version.instrument_id
        )
        for (rater, *_of), theirs in differences_in(alike).items():
            latest = [each for each in theirs if each[0] == self.pk]
            if not latest:
                continue
            mark = self.pass_mark / 100 - 1e-9
            recent = [each.within_one >= mark for _round, each in theirs[-IN_A_ROW:]]
            passed = len(recent) == IN_A_ROW and all(recent)
            rows.append(
                Calibration(
                    round=self,
                    rater_id=rater,
                    within_one=min(each.within_one for _round, each in latest),
                    until=day + relativedelta(months=self.valid_months) if passed else None,
                )
            )
        Calibration.objects.bulk_create(rows)


class Seat(models.Model):
    """One rater's review of one of the round's recordings."""

    privacy = {"id": NONE, "round": WORK, "review": WORK}

    round = models.ForeignKey(CalibrationRound, on_delete=models.CASCADE, related_name="seats")
    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="seat")

    def __str__(self) -> str:
        return f"{self.round_id}: {self.review_id}"


class CalibrationQuerySet(models.QuerySet["Calibration"]):
    def current(
        self,
        raters: Iterable[int],
        *,
        instrument: int,
        agencies: Iterable[int],
        at: datetime | None = None,
    ) -> set[int]:
        """Those of `raters` whose latest calibration with the instrument, in one of `agencies`,
        was good at `at`."""
        at = at or timezone.now()
        latest = (
            self.filter(
                rater__in=list(raters),
                round__version__instrument=instrument,
                round__agency__in=list(agencies),
                round__closed_at__lte=at,
            )
            .order_by("rater_id", "round__agency_id", "-round__closed_at", "-pk")
            .distinct("rater_id", "round__agency_id")
        )
        day = timezone.localdate(at)
        return {
            rater for rater, until in latest.values_list("rater", "until") if until and until >= day
        }


class Calibration(models.Model):
    """What a closed round said of a rater. `until` is empty where they are not calibrated (yet):
    it takes three recordings in a row."""

    privacy = {"id": NONE, "round": WORK, "rater": WORK, "within_one": WORK, "until": WORK}

    round = models.ForeignKey(
        CalibrationRound, on_delete=models.CASCADE, related_name="calibrations"
    )
    rater = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    within_one = models.FloatField()  # the share of items, of the recording where it was lowest
    until = models.DateField(null=True, blank=True)

    objects = CalibrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "rater"],
                name="fidelity_calibration_once",
                violation_error_message=_("This round has said so of them already."),
            ),
            models.CheckConstraint(
                condition=Q(within_one__gte=0, within_one__lte=1),
                name="fidelity_calibration_share",
                violation_error_message=_("A share lies between 0 and 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rater_id} in {self.round_id}: {self.until}"


Course = list[tuple[int, Difference]]  # (round, one recording's difference), in the order of time


def differences_in(rounds: RoundQuerySet) -> dict[tuple[int, int, int], Course]:
    """Signed differences from the master scores in the closed ones of `rounds`, by (rater,
    instrument, agency). One query. Items on a scale are compared; where an instrument has none,
    its numbers are."""
    from fidelity.models.answer import Answer

    rows = (
        Answer.objects.filter(
            review__seat__round__in=rounds.filter(closed_at__isnull=False).exclude(master=None),
            review__reviewer__isnull=False,
            value__isnull=False,
        )
        .order_by("review__seat__round__closed_at", "review__seat__round", "review__recording")
        .values_list(
            "review__seat__round",
            "review__seat__round__closed_at",
            "review__seat__round__master",
            "review__seat__round__version__instrument",
            "review__seat__round__agency",
            "review__recording",
            "review__reviewer",
            "item",
            "item__kind",
            "value",
        )
    )
    heard: dict[tuple[Any, ...], dict[int, dict[tuple[int, str], float]]] = {}
    for *recording, reviewer, item, kind, value in rows:
        assert value is not None  # the query sees to it
        scores = heard.setdefault(tuple(recording), {}).setdefault(reviewer, {})
        scores[item, kind] = value
    found: dict[tuple[int, int, int], Course] = {}
    for (pk, closed_at, master, instrument, agency, recording), by_rater in heard.items():
        right, on = by_rater.pop(master, {}), timezone.localdate(closed_at)
        for rater, scores in by_rater.items():
            both = [key for key in scores if key in right]
            scaled = [key for key in both if key[1] == Item.Kind.SCALE]
            compared = (Compared(on, recording, scores[key], right[key]) for key in scaled or both)
            theirs = found.setdefault((rater, instrument, agency), [])
            theirs += [(pk, difference) for difference in course(compared)]
    return {key: theirs for key, theirs in found.items() if theirs}
