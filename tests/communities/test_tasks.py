"""The tick keeps sessions written ahead."""

from datetime import timedelta

from django.utils import timezone

from communities.models import Post, Session
from communities.tasks import forget_removed, plan_ahead
from tests.communities import make, make_exchange


def test_a_tick_writes_what_is_missing_and_no_more(cast):
    circle = make.circle(cast)
    series = make.series(circle)
    wanted = series.sessions.count()
    last = series.sessions.last()
    last.delete()

    plan_ahead()
    plan_ahead()

    assert series.sessions.count() == wanted


def test_one_broken_series_stops_no_other(cast, caplog):
    circle = make.circle(cast)
    broken, sound = make.series(circle), make.series(circle)
    type(broken).objects.filter(pk=broken.pk).update(rrule="FREQ=NEVER")
    Session.objects.all().delete()

    plan_ahead()

    assert broken.sessions.count() == 0
    assert sound.sessions.count() > 20
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == [
        "communities.series_not_planned"
    ]


def test_what_was_removed_long_ago_goes_and_the_rest_stays(cast):
    circle = make.circle(cast)
    old, recent, kept = (make_exchange.post(circle, cast.facilitator) for _ in range(3))
    old.remove(by=cast.facilitator, at=timezone.now() - timedelta(days=31))
    recent.remove(by=cast.facilitator)

    forget_removed()

    assert set(Post.objects.all()) == {recent, kept}
