"""Instruments: seen by whom, frozen once published."""

import pytest
from django.db import IntegrityError, transaction

from fidelity.models import (
    CannotPublish,
    Instrument,
    Item,
    Level,
    Measure,
    Scale,
    Section,
    Source,
    Version,
)
from portal.audit.models import Entry
from tests.fidelity import make

pytestmark = pytest.mark.django_db
SHIPPED = {"mi-coding-sheet", "wraparound-practice-rubric", "session-self-check"}


@pytest.fixture
def published(cast):
    version = make.draft_version(cast.northside.agency)
    version.publish(by=cast.admin, at=make.AT)
    return version


def refuses(act):
    """Whether the database refuses the change as one to a published version."""
    with pytest.raises(IntegrityError, match="a published version is frozen"), transaction.atomic():
        act()
    return True


def test_three_instruments_are_shipped_each_with_one_version_in_use(db):
    shipped = Instrument.objects.filter(agency=None)

    assert {instrument.slug for instrument in shipped} == SHIPPED
    assert [instrument.versions.in_use().count() for instrument in shipped] == [1, 1, 1]
    assert not Version.objects.filter(published_at=None).exists()


def test_every_shipped_measure_can_be_computed_from_its_items(db):
    for version in Version.objects.all():
        kinds = dict(version.items.values_list("key", "kind"))
        assert [measure.problem_with(kinds) for measure in version.measures.all()] == [
            "" for _ in version.measures.all()
        ]


def test_the_rubric_has_the_ten_principles_of_the_vocabulary(db):
    from portal.practice.models import Principle

    items = make.shipped().items.values_list("wording", flat=True)
    assert list(items) == list(Principle.objects.values_list("name", flat=True))


def test_people_see_what_is_shipped_and_their_agencys_own(cast, published):
    seen = Instrument.objects.visible_to(cast.facilitator)

    assert {instrument.slug for instrument in seen} == SHIPPED | {published.instrument.slug}


def test_another_agencys_instrument_is_not_seen(cast, published):
    seen = Instrument.objects.visible_to(cast.riverbend.admin)

    assert {instrument.slug for instrument in seen} == SHIPPED


def test_a_leaver_sees_none(cast, published):
    assert list(Instrument.objects.visible_to(cast.leaver)) == []


def test_publishing_opens_a_draft_to_reviews(cast):
    version = make.draft_version(cast.northside.agency)
    assert version not in Version.objects.usable_by(cast.coach)

    version.publish(by=cast.admin, at=make.AT)

    assert version in Version.objects.usable_by(cast.coach)
    assert (version.state, version.published_at) == ("published", make.AT)


def test_publishing_twice_changes_nothing(cast, published):
    published.publish(by=cast.admin)

    assert Version.objects.get(pk=published.pk).published_at == make.AT
    assert Entry.objects.filter(kind="instrument.published").count() == 1


def test_a_version_without_items_is_not_published(cast):
    version = make.draft_version(cast.northside.agency)
    version.items.all().delete()

    with pytest.raises(CannotPublish, match="Add at least one item"):
        version.publish(by=cast.admin)


def test_a_measure_of_an_item_that_is_not_there_is_not_published(cast):
    version = make.draft_version(cast.northside.agency)
    version.measures.update(parameters={"items": ["first", "gone"]})

    with pytest.raises(CannotPublish, match="Take gone out of Mean"):
        version.publish(by=cast.admin)


def test_a_measure_without_items_is_not_published(cast):
    version = make.draft_version(cast.northside.agency)
    version.measures.update(parameters={"items": []})

    with pytest.raises(CannotPublish, match="Choose the items that Mean is computed from"):
        version.publish(by=cast.admin)


def test_a_retired_version_takes_no_new_reviews(cast, published):
    published.retire(by=cast.admin)
    published.retire(by=cast.admin)

    assert published.state == "retired"
    assert published not in Version.objects.usable_by(cast.coach)
    assert Entry.objects.filter(kind="instrument.retired").count() == 1


def test_the_database_keeps_a_published_version(published):
    item, scale = published.items.get(), published.scales.get()

    assert refuses(lambda: Item.objects.filter(pk=item.pk).update(wording="Another"))
    assert refuses(lambda: item.delete())
    assert refuses(lambda: Section.objects.create(version=published, place=1, title="New"))
    assert refuses(lambda: Scale.objects.create(version=published, name="New"))
    assert refuses(lambda: Level.objects.create(scale=scale, value=9, label="New"))
    assert refuses(lambda: scale.levels.update(label="Another"))
    assert refuses(lambda: Measure.objects.filter(version=published).update(formula="sum"))
    assert refuses(lambda: Version.objects.filter(pk=published.pk).update(published_at=None))
    assert refuses(lambda: published.delete())


def test_an_item_cannot_be_moved_into_a_published_version(cast, published):
    other = make.draft_version(cast.northside.agency)
    item = other.items.get()

    assert refuses(lambda: Item.objects.filter(pk=item.pk).update(version=published, key="second"))


def test_a_draft_is_changed_freely(cast):
    version = make.draft_version(cast.northside.agency)
    version.items.update(wording="Another")
    version.scales.get().levels.filter(value=2).delete()

    version.delete()
    assert not Version.objects.filter(pk=version.pk).exists()


def test_a_newer_benchmark_can_be_added_to_a_published_version(published):
    published.measures.get().benchmarks.create(
        label="state mean", value=1.5, source="State report", dated="2026-06-01"
    )

    assert published.measures.get().benchmarks.count() == 1


def test_an_items_key_is_its_identity_across_versions(cast, published):
    second = Version.objects.create(instrument=published.instrument, number=2)
    Item.objects.create(
        version=second, key="first", place=1, kind="count", wording="First, put better"
    )

    found = Item.objects.filter(version__instrument=published.instrument, key="first")
    assert [item.wording for item in found.order_by("version__number")] == [
        "First",
        "First, put better",
    ]


def test_scale_items_allow_only_their_levels(published):
    item = published.items.get()

    assert [item.allows(value) for value in (-1, 0, 1.5, 2, 3)] == [False, True, False, True, False]
    assert item.maximum == 2


@pytest.mark.parametrize(
    ("kind", "allowed", "refused"),
    [
        ("yes_no_na", [0, 1], [2, 0.5]),
        ("count", [0, 12], [-1, 1.5, 10_000]),
        ("percent", [0, 33.3, 100], [-0.1, 100.1]),
        ("text", [], [0, 1]),
    ],
)
def test_other_items_allow_what_their_kind_is(kind, allowed, refused):
    item = Item(kind=kind)

    assert [item.allows(value) for value in allowed] == [True] * len(allowed)
    assert [item.allows(value) for value in refused] == [False] * len(refused)


def test_an_instrument_has_a_source(cast):
    fields = {"agency": cast.northside.agency, "slug": "x", "name": "X"}
    Instrument(**fields, sources=[Source.SELF]).validate_constraints()

    with pytest.raises(IntegrityError, match="fidelity_instrument_has_a_source"):
        Instrument.objects.create(**fields, sources=[])
