"""The room of a meeting: who is here, what stands, and a short stamp of it all.

Pages ask every few seconds. The stamp is one query: while it is what the page has, the answer is
204 and nothing is rendered.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Max, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone

from communities.codes import LASTS
from communities.models import (
    AgendaItem,
    Attendance,
    AttendanceCorrection,
    CaseRound,
    CaseStep,
    Commitment,
    NotesVersion,
    Session,
    Taking,
    Turn,
)
from communities.models.commitment import CommitmentQuerySet
from communities.models.turn import may_mark
from portal.audit.events import record
from portal.people.models import User

NAMED = ("session", "person__name", "person__email")
COMES_BACK_AFTER = timedelta(days=14)  # where the series has no session to come


def stamp_of(session: Session, at: datetime) -> str:
    """Changes whenever the page would show something else, the code included. One query."""
    row = (
        Session.objects.filter(pk=session.pk)
        .values_list(
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
        .get()
    )
    window = int(at.timestamp()) // LASTS
    return hashlib.sha256(repr((*row, window)).encode()).hexdigest()[:16]


def roll_of(session: Session) -> list[dict[str, Any]]:
    """Each member now, and what is known of them at this session. One query.

    `came`: None while nobody said anything. `corrected`: it was put right later.
    """
    theirs = Attendance.objects.filter(session=session, person=OuterRef("person"))
    corrections = AttendanceCorrection.objects.filter(
        attendance__session=session, attendance__person=OuterRef("person")
    )
    rows = (
        session.community.belonging()
        .annotate(
            came=Subquery(theirs.values("came")[:1]),
            corrected=Exists(corrections),
        )
        .values_list("person_id", "person__name", "person__email", "came", "corrected")
    )
    return [
        {"person": User(pk=pk, name=name, email=email), "came": came, "corrected": corrected}
        for pk, name, email, came, corrected in rows.order_by("person__name", "pk")
    ]


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


def shown_in(session: Session, person: User) -> QuerySet[Taking]:
    """What was promised in this session, as far as the person sees it."""
    takings = Taking.objects.shown_to(person).filter(session=session)
    return takings.select_related("commitment__person").order_by("commitment__made_at", "pk")


def carried_to(session: Session, person: User) -> list[Commitment]:
    """What is open from before: the person's own, wherever it came from, and what others show from
    earlier sessions of this series. Theirs first. One query."""
    open_ones: CommitmentQuerySet = Commitment.objects.open().select_related("person")
    before = Taking.objects.filter(
        session__series=session.series_id, session__starts_at__lt=session.starts_at
    )
    shown = before.filter(shown_at__isnull=False, commitment=OuterRef("pk"))
    here = Taking.objects.filter(session=session, commitment=OuterRef("pk"))
    mine = open_ones.filter(person=person).exclude(Exists(here))
    others = open_ones.exclude(person=person).filter(Exists(shown))
    both = (mine | others).distinct()
    return sorted(both, key=lambda each: (each.person_id != person.pk, each.due_on, each.pk))


def comes_back_on(session: Session) -> date:
    """The day of the next session of the series, or two weeks on. One query."""
    following = session.series.sessions.standing().filter(starts_at__gt=session.starts_at)
    next_at = following.order_by("starts_at").values_list("starts_at", flat=True).first()
    today = timezone.localdate()
    return max(timezone.localdate(next_at) if next_at else today + COMES_BACK_AFTER, today)


def record_of(session: Session) -> dict[str, Any]:
    """What is left of a session, for its page: who came, and the notes. Two queries."""
    named = session.attendances.select_related("person").only(*NAMED)
    came = named.came().order_by("person__name", "pk")
    return {
        "came": [
            {"person": each.person, "corrected": each.corrected}
            for each in came.annotate(
                corrected=Exists(AttendanceCorrection.objects.filter(attendance=OuterRef("pk")))
            )
        ],
        "notes": session.notes_versions.order_by("number").values_list("text", flat=True).last(),
        "may_mark": may_mark(session),
    }


def _newest(model: type[Model], path: str) -> Subquery:
    return Subquery(_of(model, path, last=Max("pk")).values("last"))


def _of(model: type[Model], path: str, **aggregates: Any) -> QuerySet:
    """Aggregates over the rows of one session, as a subquery has to write them."""
    rows: Any = model._default_manager.filter(**{path: OuterRef("pk")}).order_by()
    found: QuerySet = rows.values(path).annotate(**aggregates)
    return found
