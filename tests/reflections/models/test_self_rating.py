"""Self-ratings: the author's own series."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.practice.models import Skill
from reflections.models import Reflection, SelfRating
from tests.reflections import make


def skill(slug="affirmations"):
    return Skill.objects.get(slug=slug)


@pytest.mark.parametrize("value", [1, 5])
def test_a_rating_is_one_to_five(cast, value):
    entry = make.kept(cast.facilitator)
    entry.rate((skill().pk, value))

    assert Reflection.objects.get(pk=entry.pk).rated == (skill().pk, value)


@pytest.mark.parametrize("value", [0, 6])
def test_any_other_number_is_refused(cast, value):
    entry = make.kept(cast.facilitator)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        entry.rate((skill().pk, value))
    assert "one_to_five" in str(refusal.value)
    assert "DETAIL" not in str(refusal.value)


def test_a_rating_that_is_changed_keeps_its_place_in_time(cast):
    entry, at = make.kept(cast.facilitator), timezone.now() - timedelta(days=90)
    entry.rate((skill().pk, 2), at=at)
    entry.rate((skill("evoking").pk, 3))

    rating = SelfRating.objects.get()
    assert (rating.skill, rating.value, rating.at) == (skill("evoking"), 3, at)


def test_a_rating_is_taken_back_and_twice_is_as_once(cast):
    entry = make.kept(cast.facilitator)
    entry.rate((skill().pk, 2))
    entry.rate(None)
    entry.rate(None)

    assert (entry.rated, SelfRating.objects.count()) == (None, 0)


def test_a_skill_that_there_is_not_is_not_rated(cast):
    entry = make.kept(cast.facilitator)
    entry.rate((987_654, 2))

    assert entry.rated is None


def test_the_series_is_of_kept_entries_and_its_authors_alone(cast):
    entry = make.shared_with_supervisor(cast)
    entry.rate((skill().pk, 2))
    make.draft(cast.facilitator).rate((skill().pk, 4))

    assert [rating.value for rating in SelfRating.objects.by(cast.facilitator)] == [2]
    assert not SelfRating.objects.by(cast.supervisor).exists()


def test_a_rating_goes_with_its_entry(cast):
    entry = make.kept(cast.facilitator)
    entry.rate((skill().pk, 2))
    entry.delete()

    assert not SelfRating.objects.exists()
