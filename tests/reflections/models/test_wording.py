"""What the database notes of a kept entry's words, by itself."""

from django.db import connection

from reflections.models import Reflection, Wording
from reflections.models.answers import LONGEST
from tests.reflections import make


def finds(words):
    found = Reflection.objects.filter(wording__search=words)
    return list(found)


def test_a_draft_has_no_wording_until_it_is_kept(cast):
    draft = make.draft(cast.facilitator, "A heron")
    assert not Wording.objects.exists()

    draft.keep()
    assert finds("heron") == [draft]


def test_a_change_of_an_entry_is_found_at_once(cast):
    entry = make.kept(cast.facilitator, "A heron")
    entry.save_draft(make.answers("A kingfisher"), version=entry.version)

    assert (finds("heron"), finds("kingfisher")) == ([], [entry])


def test_what_was_asked_is_not_found_and_no_number_of_a_prompt(cast):
    make.kept(cast.facilitator, "A heron")

    assert Wording.objects.get().search == "'heron':2"


def test_an_entry_of_any_length_can_be_kept(cast):
    # More different words than a vector can hold.
    words = iter(f"ж{number}ж-ш{number}ш" for number in range(100_000))
    texts = []
    for _ in range(3):
        text = ""
        while len(text) < LONGEST - 30:
            text += next(words) + " "
        texts.append(text)

    entry = make.kept(cast.facilitator, *texts)

    assert Wording.objects.filter(reflection=entry).exists()


def test_what_the_migration_fills_is_what_the_trigger_writes(cast):
    entry = make.kept(cast.facilitator, "A heron", "at the weir")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.search = reflections_words(r.answers) FROM reflections_wording w "
            "JOIN reflections_reflection r ON r.id = w.reflection_id WHERE r.id = %s",
            [entry.pk],
        )
        assert cursor.fetchall() == [(True,)]


def test_a_wording_goes_with_its_entry(cast):
    make.kept(cast.facilitator).delete()

    assert not Wording.objects.exists()
