"""Closing is undone."""

from datetime import timedelta

from django.utils import timezone

from communities.models import Community
from portal.practice.models import Skill
from portal.reminders.models import Rule
from tests.communities import make


def test_what_ended_with_it_goes_on(cast):
    circle = make.circle(cast)
    running = make.series(circle)
    ended = make.series(circle)
    ended.end(by=cast.coach)
    before = list(running.sessions.upcoming().values_list("starts_at", flat=True))
    focused = running.sessions.upcoming()[1]
    focused.focus_on(Skill.objects.first(), by=cast.coach)

    circle.close(by=cast.admin)
    assert running.sessions.standing().upcoming().count() == 0
    resumed = circle.reopen(by=cast.admin)
    again = circle.reopen(by=cast.admin)

    assert (resumed, again) == (1, 0)
    standing = running.sessions.standing().upcoming()
    assert list(standing.values_list("starts_at", flat=True)) == before
    assert focused.pk in standing.values_list("pk", flat=True)  # the same one, its focus kept
    assert Rule.objects.for_owner(running).filter(ended_at=None).count() == 1
    assert [each.pk for each in circle.series.running()] == [running.pk]
    assert list(Community.objects.standing()) == [circle]


def test_members_belong_to_it_again(cast):
    circle = make.circle(cast)
    circle.close(by=cast.admin)

    circle.reopen(by=cast.admin)

    assert set(circle.members()) == {cast.facilitator, cast.coach}


def test_after_a_month_series_stay_ended(cast):
    circle = make.circle(cast)
    make.series(circle)
    circle.close(by=cast.admin)

    resumed = circle.reopen(by=cast.admin, at=timezone.now() + timedelta(days=31))

    assert resumed == 0
    assert not circle.series.running().exists()
