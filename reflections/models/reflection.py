"""A reflection: a person's own journal entry, private unless they share it."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Commitment, Community, Session
from portal.agencies.access import positions_of, supervisees_of
from portal.agencies.models import Agency
from portal.audit.events import record
from portal.people.models import User
from portal.practice.models import Phase, Principle, Skill
from portal.prepared import prepared
from portal.web.privacy import JOURNAL, NONE, WORK
from reflections.models.answering import answers_everyone
from reflections.models.answers import Answers, first_words, has_words, tidied, tidy
from reflections.models.asking import Asking
from reflections.models.prompt import PromptSet
from reflections.models.removal import Removable, RemovableQuerySet
from reflections.models.response import Response
from reflections.models.self_rating import Rating
from reflections.models.share import Share
from reflections.models.sharing import Sharing
from reflections.models.version import Versioned
from reflections.wordless import wordlessly

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from reflections.models.opening import Opening
    from reflections.models.response import ResponseQuerySet
    from reflections.models.self_rating import SelfRating
    from reflections.models.share import ShareQuerySet


LEADING = 3  # of supervisors' entries at the head of a feed: more would hide everybody else's
COMES_BACK_AFTER = timedelta(days=14)  # a commitment for which no day was chosen


class Conflict(Exception):
    """The draft was changed somewhere else since it was read. Carries both texts, so that neither
    is lost; its message carries none."""

    def __init__(self, reflection: "Reflection", mine: Answers, my_next_time: str) -> None:
        super().__init__("changed somewhere else")
        self.version = reflection.version
        self.mine, self.my_next_time = mine, my_next_time
        self.theirs, self.their_next_time = reflection.answers, reflection.next_time


class ReflectionQuerySet(RemovableQuerySet):
    def visible_to(self, person: User) -> Self:
        """The person's own, and what is shared with them, or with a community of theirs, now."""
        shared = Exists(Share.objects.reaching(person).filter(reflection=OuterRef("pk")))
        return self.standing().filter(Q(author=person) | (Q(kept_at__isnull=False) & shared))

    def by(self, person: User | int) -> Self:
        """The person's own, without what they removed."""
        return self.standing().filter(author=person)

    def answerable_by(self, person: User) -> Self:
        """What the person may write a response to: their own, and what they read as a supervisor
        or coach."""
        readable = self.visible_to(person)
        if answers_everyone(person):
            return readable
        return readable.filter(Q(author=person) | Q(author__in=supervisees_of(person)))

    def shared_with(self, community: Community) -> Self:
        """What current members share with the community, the newest share first; but before all,
        what supervisors shared last (`leads`): others dare after them."""
        members = community.memberships.current().values("person")
        leads = Share.objects.of_supervisors_in(community).values("reflection")[:LEADING]
        return (
            self.filter(kept_at__isnull=False, shares__community=community, author__in=members)
            .annotate(shared_at=F("shares__at"))  # one share at most: a constraint sees to it
            .annotate(leads=Q(pk__in=leads))
            .order_by("-leads", "-shared_at", "-pk")
        )

    def awaiting_answer(self, person: User) -> Self:
        """What was shared with the person themselves and where the last word is the author's, the
        longest wait first."""
        theirs = supervisees_of(person)
        if not theirs:
            return self.none()
        thread = Response.objects.filter(reflection=OuterRef("pk"), reader=person)
        last = thread.order_by("-at", "-pk")
        is_theirs = last.annotate(is_theirs=Q(by=person)).values("is_theirs")[:1]
        return (
            self.filter(kept_at__isnull=False, author__in=theirs, shares__person=person)
            .annotate(
                shared_at=F("shares__at"),  # one share at most: a constraint sees to it
                answered=Coalesce(Subquery(is_theirs), Value(False)),
            )
            .filter(answered=False)
            .annotate(waiting_since=Coalesce(Subquery(last.values("at")[:1]), "shared_at"))
            .order_by("waiting_since", "pk")
        )

    def drafts(self) -> Self:
        return self.filter(kept_at=None).order_by("-saved_at", "-pk")

    def kept(self) -> Self:
        return self.filter(kept_at__isnull=False).order_by("-kept_at", "-pk")


class Reflection(Sharing, Rating, Asking, Removable, Versioned, models.Model):
    """Answers to the prompts of one set, by one author: a draft until it is kept.

    `key` is made by whoever begins to write (a page, a phone without a network), so that a first
    save which is sent twice makes one draft. `version` counts saves; `saved_from` is the page that
    saved last, which may go on though an answer to it got lost on the way. `versioned_at` is when
    an earlier text was last kept (version.py); None, there is none. What the author wrote after
    "Next time I will" waits in `next_time` until the entry is kept; then it is a commitment.
    """

    privacy = {
        "id": NONE,
        "key": NONE,
        "author": WORK,
        "agency": WORK,
        "prompt_set": NONE,
        "answers": JOURNAL,
        "next_time": JOURNAL,
        "next_time_on": JOURNAL,
        "version": NONE,
        "saved_from": NONE,
        "versioned_at": NONE,
        "started_at": WORK,
        "saved_at": WORK,
        "kept_at": WORK,
        "principle": JOURNAL,
        "phase": JOURNAL,
        "skill": JOURNAL,
        "session": JOURNAL,
        "commitment": JOURNAL,
    }
    shares: "ShareQuerySet"
    openings: "RelatedManager[Opening]"
    responses: "ResponseQuerySet"
    rating: "SelfRating"

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    prompt_set = models.ForeignKey(PromptSet, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    next_time = models.CharField(max_length=500, blank=True)
    next_time_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_from = models.UUIDField(null=True)
    versioned_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True)
    principle = models.ForeignKey(
        Principle, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    session = models.ForeignKey(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    commitment = models.OneToOneField(
        Commitment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        indexes = [
            models.Index(fields=["author", "-kept_at"], name="reflections_author_kept"),
            models.Index(
                fields=["author", "-saved_at"],
                condition=Q(kept_at=None),
                name="reflections_author_drafts",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_at=None) | Q(kept_at__gte=models.F("started_at")),
                name="reflections_kept_after_started",
                violation_error_message=_("An entry is kept after it was begun."),
            ),
            models.CheckConstraint(
                condition=Q(commitment=None) | Q(kept_at__isnull=False),
                name="reflections_commitment_when_kept",
                violation_error_message=_("Keep the entry before it ends in a commitment."),
            ),
        ]

    def __str__(self) -> str:
        return f"reflection {self.pk}"  # never its words: this reaches logs and admin pages

    @staticmethod
    def count_awaiting_answer(person: User) -> int:
        """How many `awaiting_answer` has, without the times that put them in order."""
        return next(iter(_awaiting(person)), 0)

    def get_absolute_url(self) -> str:
        return reverse("reflections:reflections.show", args=[self.key])

    @property
    def is_kept(self) -> bool:
        return self.kept_at is not None

    @property
    def saved_state(self) -> datetime | None:
        """When the server last got it; None for a page that it has not got."""
        return self.saved_at if self.pk else None

    @property
    def first_words(self) -> str:
        """What the author knows the entry by in their own list."""
        return first_words(self.answers)

    def save_draft(
        self,
        answers: Mapping[Any, str],
        *,
        version: int,
        page: uuid.UUID | None = None,
        about: Mapping[str, Any] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Save what is written so far; the first save begins the draft. Twice the same is once.

        `version` is the one that the writer read, `page` where they write. `about` holds what else
        they chose: next_time, next_time_on, and the ids of a principle, phase, skill and session;
        an id that is not theirs to choose counts as none.
        Raises Conflict when another page saved since, and TooLong.
        """
        texts = tidied(answers)
        choices = dict(about or {})
        values = {
            "answers": texts,
            "next_time": tidy(choices.pop("next_time", self.next_time)),
            "next_time_on": choices.pop("next_time_on", self.next_time_on),
            "saved_from": page,
            "saved_at": at or timezone.now(),
        }
        if self.pk is None and self._begin(values):
            if not any(choices.values()):
                return
            version = self.version  # this writer's own, whatever page they write on
        while self._may_go_on(version, page):
            if self._store(values, choices):
                return
            overtaken = self.version
            self.refresh_from_db()  # someone was quicker: look again at what stands now
            if self.version == overtaken:
                raise RuntimeError("a save that nobody overtook was not stored")
        if (self.answers, self.next_time) != (texts, values["next_time"]):
            raise Conflict(self, mine=texts, my_next_time=values["next_time"])

    @transaction.atomic
    def keep(self, *, at: datetime | None = None) -> None:
        """Turn the draft into an entry that can be shared; what the author will do next time
        becomes a commitment. Keeping it again takes up a commitment that was added since.

        Raises ValidationError with words when nothing is written.
        """
        at = at or timezone.now()
        standing = Reflection.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not has_words(standing.answers):
            raise ValidationError(_("Write something in one of the boxes before you keep it."))
        self.__dict__.update(kept_at=standing.kept_at, commitment_id=standing.commitment_id)
        if not standing.is_kept:
            self.kept_at = at
            self.save(update_fields=["kept_at"])
            record("reflection.kept", on=self, by=self.author, at=at)
        if standing.next_time.strip() and standing.commitment_id is None:
            self._commit_to(standing.next_time.strip(), standing.next_time_on, at)

    def _begin(self, values: dict[str, Any]) -> bool:
        """Write the first version; False when a draft with this key is there already."""
        positions = positions_of(self.author)
        self.agency = positions[0].agency if positions else None
        for name, value in values.items():
            setattr(self, name, value)
        self.version, self.started_at = 1, values["saved_at"]
        try:
            with transaction.atomic():
                wordlessly(lambda: self.save(force_insert=True))
        except IntegrityError:
            theirs = Reflection.objects.filter(author=self.author)  # though it was removed since
            self.pk = theirs.values_list("pk", flat=True).get(key=self.key)
            self.refresh_from_db()
            return False
        return True

    def _may_go_on(self, version: int, page: uuid.UUID | None) -> bool:
        """Whether the writer knows what stands: they read this version, or saved it themselves."""
        return version == self.version or (page is not None and page == self.saved_from)

    def _store(self, values: dict[str, Any], choices: Mapping[str, int | None]) -> bool:
        """Save over the version in hand; False when it is not the latest any more.

        One query: what was chosen is looked up inside it.
        """
        latest = self.version + 1
        chosen = {name: self._choice(name, pk) for name, pk in choices.items()}
        standing = Reflection.objects.filter(pk=self.pk, version=self.version)
        stored = wordlessly(lambda: standing.update(**values, **chosen, version=latest))
        if stored:
            for name, value in values.items():
                setattr(self, name, value)
            self.version = latest
        return bool(stored)

    def _choice(self, name: str, pk: int | None) -> Coalesce | None:
        if pk is None:
            return None
        if name == "session":
            choosable: models.QuerySet[Any] = Session.objects.joined_by(self.author)
        else:
            words = {
                "principle": Principle,
                "phase": Phase,
                "skill": Skill,
                "prompt_set": PromptSet,
            }
            choosable = words[name]._default_manager.all()
        # A queryset that Django knows to be empty would turn the whole UPDATE into nothing: someone
        # without a community who names a session must still be saved.
        nothing = Cast(Value(None), models.BigIntegerField())
        return Coalesce(Subquery(choosable.filter(pk=pk).values("pk")[:1]), nothing)

    def _commit_to(self, text: str, due_on: date | None, at: datetime) -> None:
        today = timezone.localdate(at, ZoneInfo(self.author.time_zone))
        day = due_on or today + COMES_BACK_AFTER
        self.commitment = wordlessly(
            lambda: Commitment.make(person=self.author, text=text, due_on=day, at=at)
        )
        self.next_time, self.next_time_on = "", None
        self.save(update_fields=["commitment", "next_time", "next_time_on"])


@prepared
def _awaiting(person: User) -> models.QuerySet[Any, int]:
    """One row with the number, or none."""
    thread = Response.objects.filter(reflection=OuterRef("pk"), reader=person)
    last_by = Subquery(thread.order_by("-at", "-pk").values("by")[:1])
    theirs = Reflection.objects.filter(
        kept_at__isnull=False, author__in=supervisees_of(person), shares__person=person
    )
    theirs_last = Q(last_by=None) | ~Q(last_by=person.pk)  # nobody's, or the author's
    waiting = theirs.alias(last_by=last_by).filter(theirs_last)
    return (
        waiting.order_by().annotate(one=Value(1)).values("one").values_list(Count("pk"), flat=True)
    )
