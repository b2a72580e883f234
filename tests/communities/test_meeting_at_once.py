"""Several people in one meeting at one moment: every word is kept, and each press counts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from communities.models import (
    Attendance,
    CaseRound,
    Commitment,
    FollowUp,
    NotesVersion,
    Session,
    Turn,
    follow_up,
    move_to,
    notes_of,
    save_notes,
)
from communities.models.follow_up import SUMMARY_AFTER
from communities.room import mark_everyone
from portal.notices.models import Notice
from tests.cast import assemble
from tests.communities import make, make_meetings

AT_ONCE = 4


def at_once(act: Callable[[int], object]) -> None:
    def run(number: int) -> None:
        try:
            act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(run, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_a_meeting_at_one_moment():
    cast = assemble()
    pk = make_meetings.meeting(make.circle(cast)).pk

    def session() -> Session:
        return Session.objects.select_related("series__community__agency").get(pk=pk)

    at_once(lambda n: save_notes(session(), f"word{n}", base=0, page=f"p{n}", by=cast.coach))
    at_once(lambda _n: move_to(session(), "lesson", by=cast.coach))
    at_once(lambda _n: mark_everyone(session(), by=cast.coach))
    at_once(lambda _n: follow_up(session().ends_at + SUMMARY_AFTER))

    assert set(notes_of(session()).text.split()) == {f"word{n}" for n in range(AT_ONCE)}
    assert list(NotesVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Turn.objects.count() == 1
    assert Attendance.objects.count() == 2
    assert FollowUp.objects.count() == 1
    assert Notice.objects.filter(kind="session.summary").count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_one_person_does_does_not_wait_for_what_else_they_do():
    cast = assemble()
    pk = make_meetings.meeting(make.circle(cast)).pk
    session = Session.objects.select_related("series__community__agency").get(pk=pk)
    acts = [
        lambda: save_notes(session, "word", base=0, page="p", by=cast.coach),
        lambda: move_to(session, "lesson", by=cast.coach),
        lambda: session.promise(person=cast.coach, text="Ask", due_on=session.original_day),
        lambda: CaseRound.bring(session, "How?", by=cast.coach),
    ]

    def beside(act: Callable[[], object]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        for first, second in (acts[:2], acts[2:]), (acts[2:], acts[:2]):
            with transaction.atomic():
                for act in first:
                    act()
                for act in second:
                    pool.submit(beside, act).result()
                transaction.set_rollback(True)
            for model in (NotesVersion, Turn, CaseRound, Commitment):
                model.objects.all().delete()
