"""A feed's ETag: another whenever anything that the feed is made of is another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from communities.calendar.reading import Reading
from communities.models import (
    CalendarChange,
    Cancellation,
    Community,
    Series,
    SeriesCalendar,
    Session,
    put_back,
    set_by_hand,
)
from portal.people.models import FeedToken
from tests import make as make_people
from tests.communities import make


@pytest.fixture
def session(cast):
    circle = make.circle(cast, "Fridays")
    return make.session(make.series(circle, host=cast.coach).community)


def tag_of(person) -> str:
    return Reading(person).tag()


def move(session, cast) -> None:
    starts = session.rule_gave.replace(tzinfo=None) + timedelta(hours=1)
    set_by_hand(session, starts=starts, minutes=45, host=session.host, by=cast.admin)


def rows(session):
    return Session.objects.filter(pk=session.pk)


def end_and_resume(session, cast) -> None:
    session.series.end(by=cast.admin)
    session.series.resume(by=cast.admin)


CHANGES = {
    "a session is called off": lambda s, c: s.cancel(by=c.admin),
    "a session is moved": move,
    "a session has another host": lambda s, c: rows(s).update(host=c.facilitator),
    "a session's host changes their name": lambda s, c: c.newcomer.__class__.objects.filter(
        pk=s.host_id
    ).update(name="Another name"),
    "a session is another one in bulk, unsaid": lambda s, c: rows(s).update(
        ends_at=F("ends_at") + timedelta(minutes=1)
    ),
    "a session is called off in bulk, unsaid": lambda s, c: Cancellation.objects.bulk_create(
        [Cancellation(session=s)]
    ),
    "a session is gone": lambda s, c: s.delete(),
    "a session is written": lambda s, c: s.series.plan_ahead(
        at=timezone.now() + timedelta(weeks=3)
    ),
    "the series has another title": lambda s, c: s.series.change(by=c.admin, title="Another"),
    "the series meets at another hour": lambda s, c: s.series.change(
        by=c.admin, local_time=s.original_time.replace(minute=5)
    ),
    "the series is handed over": lambda s, c: s.series.hand_over(c.facilitator, by=c.admin),
    "the series ends": lambda s, c: s.series.end(by=c.admin),
    "the series ends and goes on": end_and_resume,
    "the series counts up": lambda s, c: SeriesCalendar.objects.create(series=s.series, sequence=1),
    "another series begins": lambda s, c: make.series(s.community, title="Another"),
    "the community has another name": lambda s, c: s.community.change(by=c.admin, name="Mondays"),
    "the reader leaves": lambda s, c: s.community.memberships.get(person=c.facilitator).end(
        by=c.admin
    ),
    "the reader joins another community": lambda s, c: make.series(make.circle(c, "Others")),
    "the reader has another language": lambda s, c: setattr(c.facilitator, "language", "es"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_the_feed_changes_its_tag(cast, session, change):
    before = tag_of(cast.facilitator)

    change(session, cast)

    assert tag_of(cast.facilitator) != before


def test_taking_a_change_back_is_a_change_too(cast, session):
    tags = [tag_of(cast.facilitator)]

    session.cancel(by=cast.admin)
    tags.append(tag_of(cast.facilitator))
    session.reinstate(by=cast.admin)
    tags.append(tag_of(cast.facilitator))
    move(session, cast)
    tags.append(tag_of(cast.facilitator))
    put_back(session, by=cast.admin)
    tags.append(tag_of(cast.facilitator))

    assert len(set(tags)) == 5


def test_the_tag_stays_while_nothing_of_the_feed_is_written(cast, session):
    before = tag_of(cast.facilitator)

    session.promise(person=cast.coach, text="Listen first", due_on=timezone.localdate())
    make.session(make.community(cast.northside.agency, "Not the reader's"))

    assert tag_of(cast.facilitator) == before


def test_a_matching_tag_asks_the_database_three_times(cast, session, django_assert_num_queries):
    url = f"/communities/calendar/{FeedToken.issue(cast.facilitator)}.ics"
    tag = Client().get(url).headers["ETag"]
    make.series(session.community, title="Another")
    tag = Client().get(url).headers["ETag"]

    with django_assert_num_queries(3):
        assert Client().get(url, headers={"If-None-Match": tag}).status_code == 304


def test_a_communitys_last_change_is_one_row_however_much_was_written(cast, session):
    for _each in range(3):
        move(session, cast)
        make.series(session.community, title="Another")

    assert CalendarChange.objects.filter(community=session.community).count() == 1


def test_a_community_that_is_removed_leaves_no_change_behind(cast):
    gone = make.session(make.community(cast.northside.agency, "Gone")).community
    Series.objects.filter(community=gone).delete()

    Community.objects.filter(pk=gone.pk).delete()

    assert not CalendarChange.objects.filter(community=gone.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_wait_for_nobody_and_both_are_seen():
    """The second writes and ends while the first has not: each is another change to a reader."""
    agency = make_people.agency()
    community = make.community(agency)
    one, other = make.series(community), make.series(community, title="Other")
    seen = [changes_of(community)]

    with transaction.atomic():
        Series.objects.filter(pk=one.pk).update(title="By the first")
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(write_beside, other).result(timeout=10))
    seen.append(changes_of(community))
    Series.objects.filter(pk=one.pk).update(title="By the first again")
    seen.append(changes_of(community))

    assert len({tuple(each) for each in seen}) == 4
    assert len(seen[-1]) == 1


def write_beside(series) -> list[int]:
    try:
        Series.objects.filter(pk=series.pk).update(title="By the second")
        return changes_of(series.community)
    finally:
        connection.close()


def changes_of(community) -> list[int]:
    changes = CalendarChange.objects.filter(community=community).order_by("pk")
    return list(changes.values_list("pk", flat=True))
