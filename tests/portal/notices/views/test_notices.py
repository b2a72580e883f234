"""My notices: unread first, opened is read, and only mine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.kinds import subject_of
from portal.notices.models import Notice
from tests import make as house
from tests.portal.notices import make


def tell(person, count):
    for _ in range(count):
        agency = house.agency()
        house.position(person, agency)
        make.notice(person, agency)


def test_a_person_without_notices_is_told_so(as_facilitator):
    assert "Nothing new" in as_facilitator.get("/notices/").content.decode()


@pytest.mark.parametrize("count", [1, 15])
def test_a_list_costs_the_same_however_long(
    cast, as_facilitator, django_assert_max_num_queries, count
):
    tell(cast.facilitator, count)

    with django_assert_max_num_queries(9):
        answer = as_facilitator.get("/notices/")

    assert answer.content.decode().count("Welcome to Agency") == count


def test_a_thing_that_one_may_not_see_is_not_named(cast, as_facilitator):
    make.notice(cast.facilitator, house.agency("Secret name"))

    page = as_facilitator.get("/notices/").content.decode()

    assert "Time to reflect" in page
    assert "Secret name" not in page


def test_unread_comes_first(cast, as_facilitator):
    early, late = (
        make.notice(cast.facilitator, house.agency(name), timezone.now() - timedelta(hours=hours))
        for name, hours in (("Early", 3), ("Late", 1))
    )
    late.read()

    lines = as_facilitator.get("/notices/").context["lines"]

    assert [line.notice for line in lines] == [early, late]


def test_opening_a_notice_reads_it_and_says_why(cast, as_facilitator):
    notice = make.notice(cast.facilitator, cast.northside.agency)

    page = as_facilitator.get(f"/notices/{notice.pk}/").content.decode()

    assert "Hello Amara," in page
    assert "You get this because you belong to the community." in page
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_what_no_longer_holds_shows_no_words(cast, as_facilitator):
    agency = house.agency("Secret name")
    notice = make.notice(cast.facilitator, agency)
    Notice.objects.update(subject_id=987654321)

    page = as_facilitator.get(f"/notices/{notice.pk}/").content.decode()

    assert "Nothing to do here any more" in page
    assert "Secret name" not in page


def test_what_is_not_due_or_was_taken_back_is_not_there(cast, as_facilitator):
    later = make.notice(cast.facilitator, cast.northside.agency, timezone.now() + timedelta(days=1))
    back = make.notice(cast.facilitator, house.agency())
    make.TimeToReflect.withdraw(about=subject_of(back))

    assert as_facilitator.get(f"/notices/{later.pk}/").status_code == 404
    assert as_facilitator.get(f"/notices/{back.pk}/").status_code == 404


def test_reading_them_all_reads_only_mine(cast, as_facilitator):
    tell(cast.facilitator, 2)
    tell(cast.coach, 1)

    assert as_facilitator.get("/notices/read/").status_code == 200
    assert Notice.objects.unread().count() == 3
    answer = as_facilitator.post("/notices/read/")

    assert answer["Location"] == "/notices/"
    assert [n.recipient for n in Notice.objects.unread()] == [cast.coach]
