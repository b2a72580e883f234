"""Leaving a community, or the agency, takes along what leaned on it."""

from django.utils import timezone

from communities.departures import end_memberships, hand_over_series
from communities.models import CaseRound, Series
from communities.notices import SessionReminder
from tests import make as house
from tests.communities import make, make_meetings


def test_leaving_withdraws_what_was_not_read(cast):
    circle, other = make.circle(cast), make.circle(cast)
    session, elsewhere = make.session(circle), make.session(other)
    for each in (session, elsewhere):
        SessionReminder.tell([cast.facilitator, cast.coach], about=each)

    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    mine = cast.facilitator.notices.filter(kind="session.reminder")
    assert [n.subject_id for n in mine.standing()] == [elsewhere.pk]
    assert cast.coach.notices.filter(kind="session.reminder").standing().count() == 2


def test_leaving_takes_along_what_was_shown_and_a_case_that_was_not_begun(cast):
    session = make_meetings.meeting(make.circle(cast))
    held, waiting = (
        make_meetings.case_round(session, cast.facilitator, question) for question in ("A?", "B?")
    )
    held.move_to("question", by=cast.coach)
    promised = session.promise(
        person=cast.facilitator, text="Ask", due_on=session.original_day, shown=True
    )

    session.community.memberships.get(person=cast.facilitator).end(by=cast.admin)

    promised.taking.refresh_from_db()
    assert promised.taking.shown_at is None
    assert list(CaseRound.objects.all()) == [held]
    assert waiting.pk != held.pk


def test_a_departure_ends_the_memberships_that_the_agency_opened(cast):
    circle = make.circle(cast, "Fridays")
    at = timezone.now()

    lines = list(end_memberships(cast.facilitator, cast.northside.agency, cast.admin, at))
    again = list(end_memberships(cast.facilitator, cast.northside.agency, cast.admin, at))

    assert (lines, again) == (["Member of Fridays"], [])
    assert list(circle.members()) == [cast.coach]


def test_a_departure_leaves_what_another_agency_opens(cast):
    shared, own = make.circle(cast, "Shared"), make.circle(cast, "Own")
    shared.span(cast.riverbend.agency, by=None)
    house.position(cast.facilitator, cast.riverbend.agency)

    lines = list(end_memberships(cast.facilitator, cast.northside.agency, None, timezone.now()))

    assert lines == ["Member of Own"]
    assert own.pk != shared.pk


def test_a_successor_hosts_what_the_leaver_hosted(cast):
    circle = make.circle(cast, "Fridays")
    series = make.series(circle, title="Evoking", host=cast.coach)
    agency, at = cast.northside.agency, timezone.now()

    lines = list(hand_over_series(cast.coach, cast.supervisor, agency, cast.admin, at))

    assert lines == ["Host of Fridays", "Host of Evoking in Fridays"]
    assert cast.supervisor in circle.hosts()
    assert Series.objects.get(pk=series.pk).host == cast.supervisor
    assert set(series.sessions.upcoming().values_list("host", flat=True)) == {cast.supervisor.pk}


def test_nothing_is_handed_to_someone_who_may_not_belong(cast):
    series = make.series(make.circle(cast), host=cast.coach)

    lines = list(
        hand_over_series(
            cast.coach, cast.riverbend.coach, cast.northside.agency, None, timezone.now()
        )
    )

    assert lines == []
    assert Series.objects.get(pk=series.pk).host == cast.coach


def test_leaving_the_agency_does_both_in_one_act(cast):
    circle = make.circle(cast, "Fridays")
    series = make.series(circle, host=cast.coach)

    cast.northside.agency.departs(cast.coach, by=cast.admin, hand_over_to=cast.supervisor)

    assert list(circle.hosts()) == [cast.supervisor]
    assert cast.coach.memberships.current().count() == 0
    assert Series.objects.get(pk=series.pk).host == cast.supervisor
