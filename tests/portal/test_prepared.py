"""Queries of one shape, put into SQL once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from django.utils import timezone

from portal.agencies.access import agencies_of, has_role, positions_of
from portal.agencies.models import Position, Role
from portal.people.models import User
from portal.prepared import LONGEST_LIST, MOST_SHAPES, NotPreparable, fact, prepared
from reflections.models import Reflection
from tests.reflections import make

pytestmark = pytest.mark.django_db


def test_it_answers_what_the_queryset_answers(cast):
    @prepared
    def people(ids, email):
        return User.objects.filter(Q(pk__in=ids) | Q(email=email)).order_by("pk")

    for ids, email in (
        ([cast.facilitator.pk, cast.coach.pk], cast.admin.email),
        ([cast.facilitator.pk], "nobody@example.org"),
        ([cast.facilitator.pk, cast.facilitator.pk], cast.facilitator.email),
        ([], cast.admin.email),
    ):
        expected = User.objects.filter(Q(pk__in=ids) | Q(email=email)).order_by("pk")
        assert people(ids, email) == list(expected)


def test_it_asks_the_database_each_time(cast, django_assert_num_queries):
    @prepared
    def names(person):
        return User.objects.filter(pk=person).values_list("name", flat=True)

    assert names(cast.facilitator.pk) == [cast.facilitator.name]
    User.objects.filter(pk=cast.facilitator.pk).update(name="Ama")
    with django_assert_num_queries(1):
        assert names(cast.facilitator.pk) == ["Ama"]


def test_related_rows_and_prefetched_ones_come_along(cast, django_assert_num_queries):
    @prepared
    def positions(person):
        held = Position.objects.filter(person=person).select_related("agency")
        return held.prefetch_related("person__positions")

    positions(cast.facilitator.pk)
    with django_assert_num_queries(3):
        [held] = positions(cast.coach.pk)
        assert held.agency.name == cast.northside.agency.name
        assert list(held.person.positions.all()) == [held]


def test_instants_are_values(cast):
    @prepared
    def holding(person, at):
        return Position.objects.current(at).filter(person=person)

    now = timezone.now()
    assert len(holding(cast.coach.pk, now)) == 1
    assert holding(cast.coach.pk, now - timedelta(days=40_000)) == []


def test_a_longer_list_is_built_each_time(cast):
    @prepared
    def people(ids):
        return User.objects.filter(pk__in=ids)

    ids = [cast.facilitator.pk, *range(10**6, 10**6 + LONGEST_LIST)]
    assert people(ids) == [cast.facilitator]
    assert not people.shapes


def test_nothing_to_ask_asks_nothing(cast, django_assert_num_queries):
    @prepared
    def people(ids):
        return User.objects.filter(pk__in=ids)

    with django_assert_num_queries(0):
        assert people([]) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda person, at: Position.objects.current(timezone.now()).filter(person=person, since=at),
        lambda person, at: Position.objects.current(at).filter(person=person + 1),
        lambda person, at: Position.objects.current(at),
        lambda person, at: Position.objects.current(at)[:person],
        lambda person, at: User.objects.filter(pk__in=[], name=person),
    ],
    ids=["clock", "changed", "unused", "in-the-sql", "nothing"],
)
def test_a_builder_that_freezes_something_is_refused(cast, build):
    with pytest.raises(NotPreparable):
        build.__name__ = "build"
        prepared(build)(cast.facilitator.pk, timezone.now())


@pytest.mark.parametrize("value", [True, 1.5, None, {"a": 1}], ids=["yes", "float", "none", "dict"])
def test_what_could_change_the_shape_is_refused(value):
    with pytest.raises(NotPreparable):
        prepared(lambda given: User.objects.filter(pk=given))(value)


def test_one_shape_serves_many_values(cast):
    @prepared
    def people(person):
        return User.objects.filter(pk=person)

    assert [people(p.pk)[0] for p in (cast.facilitator, cast.coach, cast.facilitator)] == [
        cast.facilitator,
        cast.coach,
        cast.facilitator,
    ]


def test_the_first_row_or_none(cast):
    @prepared
    def people(person):
        return User.objects.filter(pk=person)

    assert people.first(cast.coach.pk) == cast.coach
    assert people.first(10**6) is None


def test_it_keeps_a_bounded_number_of_shapes(cast):
    @prepared
    def people(ids, others):
        return User.objects.filter(Q(pk__in=ids) | Q(pk__in=others)).order_by("pk")

    coach = cast.coach.pk
    for length in range(1, LONGEST_LIST + 1):
        for other in (1, 2, 3):
            assert people([coach] * length, [coach] * other) == [cast.coach]

    assert len(people.shapes) == MOST_SHAPES


def test_a_fact_about_a_row_belongs_to_the_shape(cast, django_assert_num_queries):
    @prepared
    def colleagues(person):
        return Position.objects.filter(agency__in=agencies_of(person)).exclude(person=person)

    def expected(person):
        theirs = Position.objects.filter(agency__in=agencies_of(person))
        return list(theirs.exclude(person=person))

    people = [cast.facilitator, cast.coach, cast.riverbend.admin, cast.newcomer, cast.leaver]
    for person in people:
        assert colleagues(person) == expected(person)
    # One agency each: the fact to ask, and one query for whoever has one.
    found = {len(agencies_of(person)) for person in people}
    assert len(colleagues.shapes) == 1 + len(found)


def test_what_a_fact_rules_out_is_not_asked(cast, django_assert_num_queries):
    @prepared
    def theirs(person):
        return Position.objects.filter(agency__in=agencies_of(person))

    nobody = User.objects.create(email="nobody@example.org")
    with django_assert_num_queries(2):  # what the fact reads, each time
        assert theirs(nobody) == theirs(nobody) == []


def test_words_and_yes_or_no_choose_a_query(cast):
    @prepared
    def seen(person):
        everyone = User.objects.order_by("pk")
        return everyone if has_role(person, Role.ADMIN) else everyone.filter(pk=person.pk)

    assert seen(cast.admin) == list(User.objects.order_by("pk"))
    assert seen(cast.coach) == [cast.coach]
    assert seen(cast.facilitator) == [cast.facilitator]


def test_the_time_is_that_of_asking(cast):
    @prepared
    def held(person):
        return Position.objects.current().filter(person=person)

    [position] = held(cast.coach)
    position.until = timezone.now()
    position.save(update_fields=["until"])
    assert held(cast.coach) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda person: User.objects.filter(email=person.email),
        lambda person: Position.objects.filter(pk__in=[p.pk for p in positions_of(person)]),
        lambda person: User.objects.filter(pk__in=list(User.objects.values_list("pk", flat=True))),
        lambda person: User.objects.filter(pk=1 + agencies_of(person)[0]),
    ],
    ids=["another column", "no fact", "the database", "a changed id"],
)
def test_a_builder_that_looks_past_its_facts_is_refused(cast, build):
    with pytest.raises(NotPreparable):
        prepared(build)(cast.coach)
    # Where it may be either, it is built each time.
    either = prepared(build)
    assert either.rows(cast.coach) == list(build(cast.coach))
    assert not either.is_preparable


@fact
def holds_there(person, agency, *, role=""):
    """Of another value than the row: what a builder has of it is a stand-in."""
    return any(p.agency_id == agency and role in ("", p.role) for p in positions_of(person))


@pytest.mark.parametrize(
    "build",
    [
        lambda person, agency: Position.objects.filter(
            agency=agency, person=person if holds_there(person, agency) else None
        ),
        lambda person, agency: Position.objects.filter(
            agency=agency, person=person if holds_there(person, 1, role="coach") else None
        ),
    ],
    ids=["another value", "by name"],
)
def test_a_fact_that_could_not_be_answered_is_refused(cast, build):
    with pytest.raises(NotPreparable):
        prepared(build)(cast.coach, cast.northside.agency.pk)


def test_a_fact_with_a_long_answer_is_built_each_time(cast):
    @fact
    def many(person):
        return [person.pk, *range(10**6, 10**6 + LONGEST_LIST)]

    @prepared
    def people(person):
        return User.objects.filter(pk__in=many(person))

    assert people(cast.coach) == people(cast.coach) == [cast.coach]
    assert len(people.shapes) == 1  # the fact to ask


def test_a_key_is_a_value(cast):
    @prepared
    def page(key):
        return Reflection.objects.filter(key=key)

    draft = make.draft(cast.facilitator)
    assert page(uuid4()) == []
    assert page(draft.key) == [draft]
