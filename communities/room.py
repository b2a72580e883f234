"""The room of a meeting: who is here, what stands, and a short stamp of it all.

Pages ask every few seconds. The stamp is one query: while it is what the page has, the answer is
204 and nothing is rendered.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import (
    Count,
    Exists,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.utils import timezone

from communities.codes import LASTS
from communities.models import (
    AgendaItem,
    Attendance,
    AttendanceCorrection,
    CaseRound,
    CaseStep,
    Commitment,
    Community,
    NotesVersion,
    Session,
    Taking,
    Turn,
)
from communities.models.audience import Audience
from communities.models.turn import may_mark
from portal.audit.events import record
from portal.people.models import User
from portal.prepared import prepared

PROMISED = (
    "session",
    "shown_at",
    "commitment__text",
    "commitment__due_on",
    "commitment__made_at",
    "commitment__person__name",
    "commitment__person__email",
)
COMES_BACK_AFTER = timedelta(days=14)  # where the series has no session to come


def stamp_of(session: Session, at: datetime) -> str:
    """Changes whenever the page would show something else, the code included. One query."""
    window = int(at.timestamp()) // LASTS
    return hashlib.sha256(repr((*_marks(session.pk), window)).encode()).hexdigest()[:16]


@prepared
def _marks(session: int) -> QuerySet[Any, Any]:
    """One row: what is newest of each thing on the page."""
    found = Session.objects.filter(pk=session).order_by()
    return found.values_list(
        "changed_at",
        "cancellation",
        _newest(AgendaItem, "session"),
        _newest(Turn, "session"),
        _newest(NotesVersion, "session"),
        _newest(AttendanceCorrection, "attendance__session"),
        _newest(CaseRound, "session"),
        _newest(CaseStep, "case_round__session"),
        _newest(Taking, "session"),
        Subquery(_of(Attendance, "session", n=Count("pk")).values("n")),
        Subquery(_of(Attendance, "session", last=Max("at")).values("last")),
    )


def roll_of(session: Session) -> list[dict[str, Any]]:
    """Each member now, and what is known of them at this session. One query.

    `came`: None while nobody said anything. `corrected`: it was put right later.
    """
    here = session.community
    rows = ROLLS[here.audience](session.pk, here.pk, here.agency_id, timezone.now())
    return [
        {"person": User(pk=pk, name=name, email=email), "came": came, "corrected": corrected}
        for pk, name, email, came, corrected in rows
    ]


def _roll_where(audience: str) -> "prepared[[int, int, int, datetime], Any]":
    """The rolls of communities for this audience: who belongs to them is not asked alike."""

    @prepared
    def roll(session: int, community: int, agency: int, at: datetime) -> QuerySet[Any, Any]:
        here = Community(pk=community, agency_id=agency, audience=audience)
        theirs = Attendance.objects.filter(session=session, person=OuterRef("person")).order_by()
        corrections = AttendanceCorrection.objects.filter(
            attendance__session=session, attendance__person=OuterRef("person")
        )
        known = here.belonging(at).annotate(
            came=Subquery(theirs.values("came")), corrected=Exists(corrections)
        )
        shown = ("person_id", "person__name", "person__email", "came", "corrected")
        return known.values_list(*shown).order_by("person__name", "pk")

    return roll


ROLLS = {audience: _roll_where(audience) for audience in Audience.values}


@transaction.atomic
def mark_everyone(session: Session, *, by: User, at: datetime | None = None) -> int:
    """Say that everyone came of whom nobody has said anything yet; how many that are."""
    at = at or timezone.now()
    known = session.attendances.values("person")
    missing = session.community.members(at).exclude(pk__in=known)
    made = Attendance.objects.bulk_create(
        [
            Attendance(session=session, person=person, way=Attendance.Way.HOST, by=by, at=at)
            for person in missing
        ],
        ignore_conflicts=True,  # somebody types the code at this moment
    )
    if made:
        agency = session.community.agency
        record("attendance.all_marked", on=session, by=by, agency=agency, at=at)
    return len(made)


@prepared
def _promised(session: int, person: int) -> QuerySet[Taking]:
    takings = Taking.objects.shown_to(person).filter(session=session)
    named = takings.select_related("commitment__person").only(*PROMISED)
    return named.order_by("commitment__made_at", "pk")


def shown_in(session: Session, person: User) -> list[Taking]:
    """What was promised in this session, as far as the person sees it. One query."""
    return _promised(session.pk, person.pk)


def with_outcomes(takings: list[Taking], person: User) -> list[Taking]:
    """What became of the person's own is loaded: nobody else reads it. A query where there are."""
    theirs = [each.commitment for each in takings if each.commitment.person_id == person.pk]
    if theirs:
        prefetch_related_objects(theirs, "outcomes")
    return takings


def rounds_in(session: Session) -> list[CaseRound]:
    """The cases that were brought, with their step and who asks. One query."""
    return _rounds(session.pk)


@prepared
def _rounds(session: int) -> QuerySet[CaseRound]:
    rounds = CaseRound.objects.filter(session=session).with_step().order_by("pk")
    return rounds.only("session", "question", "presenter__name", "presenter__email")


@prepared
def _carried(person: int, session: int, series: int, before: datetime) -> QuerySet[Commitment]:
    theirs = Q(person=person)
    shown = Q(
        taking__shown_at__isnull=False,
        taking__session__series=series,
        taking__session__starts_at__lt=before,
    )
    carried = Commitment.objects.open().filter(
        theirs & ~Q(taking__session=session) | ~theirs & shown
    )
    return carried.select_related("person").only("text", "due_on", "person__name", "person__email")


def carried_to(session: Session, person: User) -> list[Commitment]:
    """What is open from before: the person's own, wherever it came from, and what others show from
    earlier sessions of this series. Theirs first. One query."""
    both = _carried(person.pk, session.pk, session.series_id, session.starts_at)
    return sorted(both, key=lambda each: (each.person_id != person.pk, each.due_on, each.pk))


@prepared
def _next_start(series: int, after: datetime) -> QuerySet[Any, Any]:
    following = Session.objects.standing().filter(series=series, starts_at__gt=after)
    return following.order_by("starts_at").values_list("starts_at", flat=True)[:1]


def comes_back_on(session: Session) -> date:
    """The day of the next session of the series, or two weeks on. One query."""
    next_at = _next_start.first(session.series_id, session.starts_at)
    today = timezone.localdate()
    return max(timezone.localdate(next_at) if next_at else today + COMES_BACK_AFTER, today)


def record_of(session: Session) -> dict[str, Any]:
    """What is left of a session, for its page: who came, and the notes. Two queries."""
    return {
        "came": [
            {"person": User(pk=pk, name=name, email=email), "corrected": corrected}
            for pk, name, email, corrected in _came(session.pk)
        ],
        "notes": _words.first(session.pk),
        "may_mark": may_mark(session),
    }


@prepared
def _came(session: int) -> QuerySet[Any, Any]:
    came = Attendance.objects.came().filter(session=session)
    corrections = AttendanceCorrection.objects.filter(attendance=OuterRef("pk"))
    shown = ("person_id", "person__name", "person__email", "corrected")
    named = came.annotate(corrected=Exists(corrections)).values_list(*shown)
    return named.order_by("person__name", "pk")


@prepared
def _words(session: int) -> QuerySet[Any, Any]:
    versions = NotesVersion.objects.filter(session=session).order_by("-number")
    return versions.values_list("text", flat=True)[:1]


def _newest(model: type[Model], path: str) -> Subquery:
    return Subquery(_of(model, path, last=Max("pk")).values("last"))


def _of(model: type[Model], path: str, **aggregates: Any) -> QuerySet:
    """Aggregates over the rows of one session, as a subquery has to write them."""
    rows: Any = model._default_manager.filter(**{path: OuterRef("pk")}).order_by()
    found: QuerySet = rows.values(path).annotate(**aggregates)
    return found
