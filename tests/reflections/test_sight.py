"""For supervisors: that someone reflected in a month, where the agency's policy shows it."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.agencies.models import Showing, Supervision
from portal.audit.models import Entry
from reflections.models import Reflection
from reflections.sight import first_of_month, next_month, who_reflected
from tests import make as people
from tests.reflections import make

INDEX = reverse("reflections:sights.index")
JOURNAL = reverse("reflections:reflections.index")


@pytest.fixture
def shown(cast) -> Showing:
    """Northside's policy is on since long ago, and so are its supervisions."""
    Supervision.objects.update(since=timezone.now() - timedelta(days=400))
    agency = cast.northside.agency
    agency.showings.turn(agency, on=True, at=timezone.now() - timedelta(days=300))
    return agency.showings.get()


def sees(supervisor, month=None) -> dict[str, bool]:
    return {each.name: each.reflected for each in who_reflected(supervisor, month or this())}


def this():
    return first_of_month()


def test_it_is_off_until_an_admin_turns_it_on_and_each_change_has_its_day(as_admin, cast):
    make.kept(cast.facilitator)
    agency = cast.northside.agency
    url, given = f"/agencies/{agency.pk}/policy/", {"time_zone": agency.time_zone}
    assert sees(cast.supervisor) == {}

    as_admin.post(url, given | {"shows_that_someone_reflects": "on"})
    as_admin.post(url, given | {"shows_that_someone_reflects": "on"})
    assert set(sees(cast.supervisor)) == {cast.facilitator.name, cast.peer_partner.name}

    as_admin.post(url, given)
    assert sees(cast.supervisor) == {}
    row = Showing.objects.get()
    assert row.since < row.until <= timezone.now()
    assert Entry.objects.filter(kind="agency.policy_changed").count() == 2


def test_turned_off_and_on_again_it_names_each_once_and_counts_from_the_last(cast, shown):
    agency, now = cast.northside.agency, timezone.now()
    make.kept(cast.facilitator)
    assert sees(cast.supervisor)[cast.facilitator.name] is True

    agency.showings.turn(agency, on=False, at=now)
    agency.showings.turn(agency, on=True, at=now + timedelta(seconds=1))

    assert [(each.name, each.reflected) for each in who_reflected(cast.supervisor, this())] == [
        (cast.facilitator.name, False),
        (cast.peer_partner.name, False),
    ]


def test_it_says_yes_or_not_yet_by_name_and_nothing_more(as_supervisor, cast, shown):
    for text in ("One", "Two", make.SECRET):
        make.kept(cast.facilitator, text)
    make.draft(cast.peer_partner)

    answer = as_supervisor.get(INDEX)

    assert answer.context["people"] == [
        (cast.northside.agency.name, cast.facilitator.name, True),
        (cast.northside.agency.name, cast.peer_partner.name, False),
    ]
    page = answer.content.decode()
    assert make.SECRET not in page
    assert str(Reflection.objects.by(cast.facilitator).first().key) not in page


@pytest.mark.parametrize("who", ["coach", "admin", "facilitator"])
def test_nobody_but_supervisors_sees_it(cast, shown, who):
    make.kept(cast.facilitator)

    assert sees(getattr(cast, who)) == {}
    assert sees(cast.riverbend.supervisor) == {}


def test_what_was_kept_before_the_policy_or_the_supervision_is_not_seen(cast, shown):
    make.kept(cast.facilitator)
    assert sees(cast.supervisor)[cast.facilitator.name]

    Supervision.objects.filter(supervisee=cast.facilitator).update(since=timezone.now())
    assert not sees(cast.supervisor)[cast.facilitator.name]

    Supervision.objects.update(since=shown.since)
    Showing.objects.update(since=timezone.now())
    assert not sees(cast.supervisor)[cast.facilitator.name]


def test_a_month_is_one_and_not_the_next(cast, shown):
    entry = make.kept(cast.facilitator)
    before = (this() - timedelta(days=1)).replace(day=1)
    instant = timezone.make_aware(datetime.combine(this(), datetime.min.time()))
    Reflection.objects.filter(pk=entry.pk).update(
        started_at=instant - timedelta(hours=2), kept_at=instant - timedelta(seconds=1)
    )

    assert sees(cast.supervisor, before)[cast.facilitator.name]
    assert not sees(cast.supervisor)[cast.facilitator.name]
    assert next_month(before) == this()


def test_an_ended_supervision_closes_it(cast, shown):
    make.kept(cast.facilitator)

    Supervision.objects.filter(supervisee=cast.facilitator).update(until=timezone.now())

    assert set(sees(cast.supervisor)) == {cast.peer_partner.name}


def test_everyone_sees_in_their_journal_that_it_is_on_and_what_it_shows(cast, as_person, shown):
    words = "whether you kept a reflection: “yes” or “not yet”"

    for person in cast.northside.people():
        assert words in as_person(person).get(JOURNAL).content.decode()
    for person in cast.riverbend.people():
        assert words not in as_person(person).get(JOURNAL).content.decode()
    shown.agency.showings.turn(shown.agency, on=False)
    assert words not in as_person(cast.facilitator).get(JOURNAL).content.decode()


def test_one_record_stands_at_a_time(cast, shown):
    twin = Showing(agency=shown.agency)
    Showing.objects.create(agency=cast.riverbend.agency)

    with pytest.raises(ValidationError, match="already"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_record_ends_after_it_began(cast):
    now = timezone.now()
    wrong = Showing(agency=cast.northside.agency, since=now, until=now)

    with pytest.raises(ValidationError, match="end that comes after"):
        wrong.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_the_page_takes_as_many_queries_for_many_as_for_one(as_supervisor, cast, shown):
    def fill(team):
        for _ in range(team):
            person = people.person()
            people.position(person, cast.northside.agency)
            people.supervision(cast.supervisor, person, cast.northside.agency)
            make.kept(person)
        return make.queries(as_supervisor, INDEX)

    assert fill(1) == fill(5) <= 6
