"""The tick keeps sessions written ahead."""

from communities.models import Session
from communities.tasks import plan_ahead
from tests.communities import make


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
