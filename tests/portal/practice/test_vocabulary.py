"""The field's words, in the order the field teaches them."""

from portal.practice.models import Principle
from portal.practice.vocabulary import name_of, terms


def test_ten_principles_four_phases_and_the_skills_in_order(db):
    kinds = terms()

    assert {kind: len(words) for kind, words in kinds.items()} == {
        "principle": 10,
        "phase": 4,
        "skill": 8,
    }
    assert [name for _pk, name in kinds["principle"]][:2] == [
        "Family voice and choice",
        "Team-based",
    ]
    assert [name for _pk, name in kinds["phase"]][-1] == "Transition"


def test_a_word_by_its_number_and_nothing_for_none(db):
    persistence = Principle.objects.get(slug="persistence")

    assert name_of("principle", persistence.pk) == "Persistence"
    assert name_of("principle", None) == ""
    assert name_of("skill", 999_999) == ""


def test_they_are_read_once_a_process(db, django_assert_num_queries):
    terms()

    with django_assert_num_queries(0):
        terms()
