"""Two people doing the same at once: one of them did it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from communities.models import Commitment, Community, Series
from portal.audit.models import Entry
from tests.cast import assemble
from tests.communities import make

AT_ONCE = 4


def at_once(act) -> None:
    def run(_number: int) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(run, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_for_at_once_is_done_once():
    cast = assemble()
    circle = make.circle(cast)
    session = make.session(circle)
    due_on = timezone.localdate() + timedelta(days=3)

    at_once(lambda: Community.objects.get(pk=circle.pk).welcome(cast.newcomer, by=cast.admin))
    at_once(lambda: make.series(Community.objects.get(pk=circle.pk), title="Twice", host=None))
    at_once(lambda: Series.objects.get(pk=session.series_id).plan_ahead())
    at_once(lambda: type(session).objects.get(pk=session.pk).cancel(by=cast.coach))
    at_once(lambda: Commitment.make(person=cast.coach, text="Ask", due_on=due_on))

    assert circle.memberships.filter(person=cast.newcomer).count() == 1
    assert circle.series.filter(title="Twice").count() == 1
    assert Entry.objects.filter(kind="session.cancelled").count() == 1
    assert cast.facilitator.notices.filter(kind="session.cancelled").count() == 1
    assert cast.coach.commitments.count() == 1
