"""The main job's reminder, through every room: a series is begun, and its members get one mail an
hour before, at that hour in their zone."""

from datetime import date, time, timedelta

from django.core import mail

from portal.notices.models import Notice
from portal.notices.sending import deliver_due
from portal.reminders.models import Rule
from portal.reminders.tick import tick
from tests.communities import make


def test_each_member_is_reminded_once_before_each_session(cast):
    circle = make.circle(cast)
    series = make.series(circle, local_time=time(15), starts_on=date(2026, 1, 6))
    mail.outbox.clear()
    session = series.sessions.standing().upcoming()[1]
    due_at = session.starts_at - timedelta(hours=1)
    rule = Rule.objects.for_owner(series).get(kind="session.reminder")
    Rule.objects.exclude(pk=rule.pk).update(next_due_at=None)
    Rule.objects.filter(pk=rule.pk).update(settled_until=due_at - timedelta(days=1))

    tick(due_at - timedelta(seconds=1))
    assert Notice.objects.filter(kind="session.reminder").count() == 0
    for _ in range(3):
        tick(due_at)
        deliver_due(due_at)

    reminders = [m for m in mail.outbox if m.extra_headers["List-Id"].startswith("<sessions.")]
    assert sorted(m.to[0] for m in reminders) == sorted(p.email for p in circle.members())
    assert all("3 p.m." in m.body for m in reminders)
