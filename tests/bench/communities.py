"""A community of 50 in an agency of 500, five years of weekly sessions and 200,000 posts: the
pages that people open most (issue 3)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from communities.models import (
    Attendance,
    Commitment,
    Community,
    NotesVersion,
    Outcome,
    Rsvp,
    Series,
    Session,
    Taking,
)
from communities.planning import HORIZON
from portal.agencies.models import Position
from portal.people.models import User
from tests.bench import exchange
from tests.bench.pages import one_page
from tests.bench.table import Table
from tests.communities import make

PEOPLE = 500
YEARS = timedelta(days=5 * 365)
TITLE = "Weekly circle"
PROMISES = 5  # shown in each session; those of the last one are open
NOTES = "What we heard from families, and what we will try. " * 40


@dataclass(frozen=True)
class Grown:
    """The community and who opens its pages: a member, its host, and an admin of its agency."""

    community: Community
    series: Series
    member: User
    host: User
    admin: User

    def held(self) -> Session:
        """The last session that is over."""
        found = self.series.sessions.filter(ends_at__lt=timezone.now()).last()
        assert found
        return found

    def coming(self) -> Session:
        return self.series.sessions.upcoming()[0]


def seed() -> Grown:
    """Fill a database that has the portal's own tables only, in bulk."""
    community, member = exchange.seed()
    began = timezone.now() - YEARS
    people = list(community.members().order_by("pk"))
    host = people[-1]
    community.memberships.filter(person=host).update(role="host")
    others = User.objects.bulk_create(
        User(name=f"Colleague {n}", email=f"colleague{n}@bench.example", password="!")
        for n in range(PEOPLE - len(people))
    )
    Position.objects.bulk_create(
        Position(
            person=person,
            agency=community.agency,
            role="facilitator" if number else "admin",
            since=began,
        )
        for number, person in enumerate(others)
    )
    grown = Grown(community, meets_weekly(community, host, began), member, host, others[0])
    remember(grown, people)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does by itself
    return grown


def meets_weekly(community: Community, host: User, began: datetime) -> Series:
    series = make.series(
        community,
        title=TITLE,
        host=host,
        at=began,
        starts_on=began.date(),
        rrule="FREQ=WEEKLY;BYDAY=TU",
        local_time=time(15),
    )
    at, now = began, timezone.now()
    while at < now:
        at = min(at + HORIZON - timedelta(weeks=1), now)
        series.plan_ahead(at=at)
    return series


def remember(grown: Grown, people: list[User]) -> None:
    """What sessions leave: who came, notes, what was promised; and answers for the next one."""
    held = list(grown.series.sessions.filter(ends_at__lt=timezone.now()))
    Attendance.objects.bulk_create(
        Attendance(session=session, person=person, way="host", by=grown.host, at=session.ends_at)
        for session, person in product(held, people)
        if (session.pk + person.pk) % 5  # four in five
    )
    NotesVersion.objects.bulk_create(
        NotesVersion(session=session, number=1, text=NOTES, author=grown.host, at=session.ends_at)
        for session in held
    )
    sessions = [session for session, _person in product(held, people[:PROMISES])]
    promised = Commitment.objects.bulk_create(
        Commitment(
            person=person, text="Ask first", due_on=back_on(session), made_at=session.ends_at
        )
        for session, person in product(held, people[:PROMISES])
    )
    Taking.objects.bulk_create(
        Taking(session=session, commitment=commitment, shown_at=session.ends_at)
        for session, commitment in zip(sessions, promised, strict=True)
    )
    tried = [each for each in promised if each.due_on < timezone.localdate()]
    Outcome.objects.bulk_create(Outcome(commitment=each, kind="tried") for each in tried)
    Rsvp.objects.bulk_create(
        Rsvp(session=grown.coming(), person=person, answer="yes") for person in people[1:30]
    )


def back_on(session: Session) -> date:
    return session.ends_at.date() + timedelta(weeks=1)


def measure(table: Table, grown: Grown) -> None:
    table.title(
        f"A community of {exchange.MEMBERS}, an agency of {PEOPLE} people, 5 years of weekly"
        f" sessions, {exchange.POSTS:,} posts"
    )
    here, member, host, admin = grown.community.pk, grown.member, grown.host, grown.admin
    held, coming, series = grown.held().pk, grown.coming().pk, grown.series.pk
    for name, key, person, words in (
        ("home:today.index", None, member, "member"),
        ("home:today.index", None, host, "host"),
        ("communities:communities.index", None, member, "member"),
        ("communities:communities.show", here, member, "member"),
        ("communities:communities.show", here, host, "host"),
        ("communities:communities.show", here, admin, "admin"),
        ("communities:sessions.show", held, member, "held, member"),
        ("communities:sessions.show", held, host, "held, host"),
        ("communities:sessions.show", coming, member, "coming, member"),
        ("communities:sessions.show", coming, host, "coming, host"),
        ("communities:meetings.show", coming, member, "member"),
        ("communities:meetings.show", coming, host, "host"),
        ("communities:attendances.index", held, host, "host"),
        ("communities:months.index", None, member, "member"),
        ("communities:series.show", series, member, "member"),
        ("communities:series.edit", series, host, "host"),
        ("communities:series.new", here, host, "host"),
        ("communities:commitments.index", None, member, "member"),
        ("communities:hours.index", None, member, "member"),
        ("communities:hours.index", None, admin, "admin of 500"),
        ("communities:memberships.new", here, admin, "admin of 500"),
    ):
        url = reverse(name, args=[key] if key else [])
        one_page(table, f"{name.partition(':')[2]} ({words})", url, person)
