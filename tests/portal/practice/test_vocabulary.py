"""The field's words, in the order the field teaches them."""

from django.utils.translation import override

from portal.practice.models import Phase, Principle, Skill
from portal.practice.names import NAMES
from portal.practice.vocabulary import name_of, terms
from reflections.models import Reflection


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


def test_every_word_is_said_in_the_readers_language(db):
    persistence = Principle.objects.get(slug="persistence")

    with override("es"):
        assert str(persistence) == "Persistencia"
        assert name_of("principle", persistence.pk) == "Persistencia"
    assert str(persistence) == "Persistence"


def test_what_a_listener_gives_back_is_not_what_one_writes(db):
    with override("es"):
        assert str(Skill.objects.get(slug="reflections")) == "Reflejos"
        assert str(Reflection._meta.verbose_name_plural) == "reflexiones"


def test_every_word_that_is_kept_waits_for_no_catalogue(db):
    kept = {word.name for kind in (Principle, Phase, Skill) for word in kind.objects.all()}

    with override("en"):
        assert kept == {str(name) for name in NAMES}
