"""One meeting of a series, and its calling off."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, ForeignObjectRel, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.reach import is_hosted, is_joined, is_visible
from communities.models.series import Series
from communities.notices import SessionCancelled, SessionReinstated, SessionReminder
from communities.planning import look_again
from portal.audit.events import record
from portal.people.models import User
from portal.practice.models import Principle, Skill
from portal.practice.vocabulary import name_of
from portal.prepared import now
from portal.recurrence import instant
from portal.web.privacy import FREE, NONE, WORK

if TYPE_CHECKING:
    from communities.models.commitment import Commitment
    from communities.models.override import Override


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, person: User) -> Self:
        return self.filter(is_visible(person, "series__community"))

    def joined_by(self, person: User) -> Self:
        """Sessions of the communities that the person is a member of: what they come to."""
        return self.filter(is_joined(person, "series__community"))

    def hosted_by(self, person: User) -> Self:
        """What the person may run: sessions they host, and all of communities that they run."""
        theirs = Q(host=person) & is_joined(person, "series__community")
        return self.filter(theirs | is_hosted(person, "series__community"))

    def standing(self) -> Self:
        """What has not been called off."""
        return self.filter(cancellation=None)

    def upcoming(self, at: datetime | None = None) -> Self:
        """What is not over yet, the next one first."""
        return self.filter(ends_at__gt=at or now()).order_by("starts_at", "pk")

    def in_rows(self) -> Self:
        """With what a list shows of each, and no more."""
        return self.select_related("series", "cancellation", "focus_skill", "focus_principle").only(
            "starts_at",
            "ends_at",
            "original_day",
            "original_time",
            "holiday",
            "series__title",
            "series__time_zone",
            "cancellation__session",
            "focus_skill__name",
            "focus_principle__name",
        )

    def worked_on(self) -> Self:
        """What somebody's work leans on already."""
        return self.filter(self._touched())

    def untouched(self) -> Self:
        return self.filter(~self._touched())

    def _touched(self) -> Q:
        """A focus, or a row of any model that points here: agenda, cancellation, what will come."""
        touched: Q = Q(focus_skill__isnull=False) | Q(focus_principle__isnull=False)
        for relation in Session._meta.get_fields(include_hidden=True):
            if isinstance(relation, ForeignObjectRel) and relation.related_model is not None:
                here = {relation.field.name: OuterRef("pk")}
                touched |= Q(Exists(relation.related_model._base_manager.filter(**here)))
        return touched


class Session(models.Model):
    """One meeting: of its series, on its original day. What moved or was called off keeps that.

    `original_day` and `original_time` are the wall time that the rule gave, in the series' zone;
    `starts_at` and `ends_at` are instants. `holiday` names the one that put it on another day,
    `override` says what was set by hand. `sequence` rises when time or state changes, as calendars
    want it.
    """

    privacy = {
        "id": NONE,
        "series": WORK,
        "original_day": WORK,
        "original_time": WORK,
        "starts_at": WORK,
        "ends_at": WORK,
        "holiday": NONE,
        "host": WORK,
        "focus_principle": WORK,
        "focus_skill": WORK,
        "sequence": NONE,
        "changed_at": WORK,
    }

    override: "Override"

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="sessions")
    original_day = models.DateField()
    original_time = models.TimeField()
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    holiday = models.CharField(max_length=120, blank=True, default="", db_default="")
    host = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="hosted_sessions"
    )
    focus_principle = models.ForeignKey(
        Principle, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    focus_skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "original_day"],
                name="communities_session_once_a_day",
                violation_error_message=_("This series meets on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="communities_session_ends_after_start",
                violation_error_message=_("Choose an end that comes after the start."),
            ),
            models.CheckConstraint(
                condition=Q(focus_principle=None) | Q(focus_skill=None),
                name="communities_session_one_focus",
                violation_error_message=_("Choose one focus: a principle or a skill."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="communities_session_starts_at")]

    def __str__(self) -> str:
        return f"{self.series.title}, {self.original_day}"

    def get_absolute_url(self) -> str:
        return reverse("communities:sessions.show", args=[self.pk])

    @property
    def community(self) -> Community:
        return self.series.community

    @property
    def is_cancelled(self) -> bool:
        return hasattr(self, "cancellation")

    @property
    def rule_gave(self) -> datetime:
        """The instant at which its series' rule would have it start."""
        wall = datetime.combine(self.original_day, self.original_time)
        return instant(wall, self.series.time_zone)

    @property
    def is_moved(self) -> bool:
        """Whether it starts at another time than its series' rule says."""
        return self.starts_at != self.rule_gave

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def keeps_its_time(self) -> bool:
        """Whether its day, hour or length were set by hand: the series' changes leave them."""
        return hasattr(self, "override") and self.override.times

    @property
    def keeps_its_host(self) -> bool:
        """Whether its host was set by hand."""
        return hasattr(self, "override") and self.override.hosts

    @property
    def focus(self) -> Principle | Skill | None:
        """The one principle or skill that it works on."""
        return self.focus_principle or self.focus_skill

    @property
    def focus_words(self) -> str:
        """Its focus by name, "" where it has none. Asks for no row of the vocabulary."""
        skill = name_of("skill", self.focus_skill_id)
        return name_of("principle", self.focus_principle_id) or skill

    def has_begun(self, at: datetime | None = None) -> bool:
        return self.starts_at <= (at or timezone.now())

    def is_over(self, at: datetime | None = None) -> bool:
        return self.ends_at <= (at or timezone.now())

    def is_hosted_by(self, person: User) -> bool:
        """Whether the person may run it."""
        community = self.community
        theirs = self.host_id == person.pk and community.is_joined_by(person)
        return theirs or community.is_hosted_by(person)

    def take_the_time_of(self, other: "Session") -> bool:
        """Be on the rule as `other` is, unsaved; whether that changed anything. What was set by
        hand stays, but the rule's own time, which identifies it for calendars, is taken."""
        names = ["original_time"]
        if not self.keeps_its_time:
            names += ["starts_at", "ends_at", "holiday"]
        if all(getattr(self, name) == getattr(other, name) for name in names):
            return False
        for name in names:
            setattr(self, name, getattr(other, name))
        self.sequence += 1
        self.changed_at = other.changed_at
        return True

    @transaction.atomic
    def focus_on(
        self, focus: Principle | Skill | None, *, by: User | None, at: datetime | None = None
    ) -> None:
        """Work on one principle or skill, or on none in particular."""
        if focus == self.focus:
            return
        self.focus_principle = focus if isinstance(focus, Principle) else None
        self.focus_skill = focus if isinstance(focus, Skill) else None
        self.changed_at = at or timezone.now()
        self.save(update_fields=["focus_principle", "focus_skill", "changed_at"])
        record("session.focused", on=self, by=by, agency=self.community.agency, at=at)

    @transaction.atomic
    def cancel(self, *, by: User | None, reason: str = "", at: datetime | None = None) -> None:
        """Call it off and tell every member. Calling it off twice changes nothing.

        Raises ValidationError with words once it is over: what was held cannot be called off.
        """
        at = at or timezone.now()
        if self.is_over(at):
            raise ValidationError(_("This session is over. It cannot be called off any more."))
        cancellation, fresh = Cancellation.objects.get_or_create(
            session=self, defaults={"by": by, "reason": reason, "at": at}
        )
        if not fresh:
            return
        self.cancellation = cancellation
        self.sequence, self.changed_at = self.sequence + 1, at
        self.save(update_fields=["sequence", "changed_at"])
        record("session.cancelled", on=self, by=by, agency=self.community.agency, at=at)
        SessionReminder.withdraw(about=self, at=at)
        look_again(self.series, at)
        SessionCancelled.tell(
            self.community.members(at), about=self, due_at=at, expires_at=self.ends_at
        )

    @transaction.atomic
    def reinstate(self, *, by: User | None, at: datetime | None = None) -> None:
        """It takes place after all. Who has heard that it was called off hears of this.

        Raises ValidationError once its time is over.
        """
        at = at or timezone.now()
        if self.is_over(at):
            raise ValidationError(_("Its time is over. Plan another session instead."))
        gone, _per_model = Cancellation.objects.filter(session=self).delete()
        if not gone:
            return
        self._state.fields_cache.pop("cancellation", None)
        self.sequence, self.changed_at = self.sequence + 1, at
        self.save(update_fields=["sequence", "changed_at"])
        record("session.reinstated", on=self, by=by, agency=self.community.agency, at=at)
        look_again(self.series, at)
        SessionReinstated.tell_who_heard(self, at=at)

    @transaction.atomic
    def promise(
        self,
        *,
        person: User,
        text: str,
        due_on: date,
        shown: bool = False,
        at: datetime | None = None,
    ) -> "Commitment":
        """The person takes one "next time I will ..." from this session. `shown`: its members see
        it there."""
        commitment = self.commitments.model.make(person=person, text=text, due_on=due_on, at=at)
        if not hasattr(commitment, "taking"):
            shown_at = (at or timezone.now()) if shown else None
            self.takings.create(commitment=commitment, shown_at=shown_at)
        return commitment


class Cancellation(models.Model):
    """A session was called off: by whom, when and why."""

    privacy = {"id": NONE, "session": WORK, "by": WORK, "at": WORK, "reason": FREE}

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="cancellation")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(
        _("why"), max_length=500, blank=True, help_text=_("Members read this on its page.")
    )

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")

    def __str__(self) -> str:
        return f"{self.session} called off"
