"""Shipped prompts in the language of who reads: shown so, and stored as they are."""

import json

import pytest
from django.urls import reverse
from django.utils.translation import override

from reflections.models import PromptSet
from reflections.shipped import NAMES, WORDS, spoken
from tests.reflections import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_spanish(cast, as_person):
    """The facilitator's browser, who reads in Spanish."""
    cast.facilitator.language = "es"
    cast.facilitator.save(update_fields=["language"])
    return as_person(cast.facilitator)


@pytest.fixture
def in_english(cast, as_person):
    """A colleague's, who reads in English: asked after the other, by the same process."""
    return as_person(cast.peer_partner)


def shipped_words():
    sets = PromptSet.objects.filter(agency=None).prefetch_related("prompts")
    names = {each.name for each in sets}
    prompts = [prompt for each in sets for prompt in each.prompts.all()]
    return names, {words for p in prompts for words in (p.question, p.hint) if words}


def test_every_word_that_is_shipped_waits_for_no_catalogue(db):
    names, asked = shipped_words()

    with override("en"):
        assert names == {str(name) for name in NAMES}
        assert names | asked == {str(words) for words in WORDS}
        assert {words for words in names | asked if spoken(words) != words} == set()
    with override("es"):
        assert {words for words in names | asked if spoken(words) == words} == set()


def test_what_an_agency_wrote_stays_as_written(cast):
    own = make.own_prompts(cast, "What would you tell a colleague?")

    with override("es"):
        assert own.spoken_name == "Our own"
        assert str(own.prompts.get()) == "What would you tell a colleague?"
        assert own.prompts.get().spoken_hint == ""


def test_the_writing_page_asks_in_the_readers_language(cast, in_spanish, as_facilitator):
    draft = make.draft(cast.facilitator)
    url = reverse("reflections:reflections.edit", args=[draft.key])

    spanish = in_spanish.get(url).content.decode()
    cast.facilitator.language = "en"
    cast.facilitator.save(update_fields=["language"])
    english = as_facilitator.get(url).content.decode()

    assert "Tres preguntas</h1>" in spanish
    assert "¿Y ahora qué?" in spanish
    assert "Cuenta lo que pasó. Un momento basta. No escribas nombres." in spanish
    assert "So what?" not in spanish
    assert "Three questions</h1>" in english
    assert "What happened? One moment is enough. Leave names out." in english
    assert "¿Y ahora" not in english


def test_the_choice_of_prompts_is_in_the_readers_language(in_spanish, in_english):
    url = reverse("reflections:prompts.edit", args=["0b6b4ad2-44c2-4cc2-9bf6-6d3a5ae4b8d1"])

    spanish, english = (client.get(url).content.decode() for client in (in_spanish, in_english))

    assert "Escritura libre" in spanish
    assert "¿Qué discurso de cambio oíste?" in spanish
    assert "¿Qué pasó? · ¿Qué significa? · ¿Y ahora qué?" in spanish
    assert "Free writing" in english
    assert "What change talk did you hear?" in english


def test_a_kept_reflection_is_read_in_the_readers_language_and_is_not_changed(
    cast, in_spanish, as_supervisor
):
    entry = make.shared_with_supervisor(cast)
    before = entry.answers
    url = reverse("reflections:reflections.show", args=[entry.key])

    spanish = in_spanish.get(url).content.decode()
    english = as_supervisor.get(url).content.decode()

    assert '<h2 class="entry__question">¿Qué pasó?</h2>' in spanish
    assert '<h2 class="entry__question">What?</h2>' in english
    entry.refresh_from_db()
    assert entry.answers == before


def test_an_export_is_read_in_the_readers_language_and_its_json_keeps_what_was_asked(
    cast, in_spanish
):
    make.kept(cast.facilitator, "She spoke first")
    url = reverse("reflections:exports.new")

    def taken(chosen):
        return b"".join(in_spanish.post(url, {"format": chosen}).streaming_content).decode()

    assert "¿Qué pasó?" in taken("markdown")
    (entry,) = json.loads(taken("json"))["entries"]
    assert entry["prompts"]["name"] == "Three questions"
    assert entry["answers"] == [{"question": "What?", "text": "She spoke first"}]


def test_another_language_asks_the_database_no_more(cast, in_spanish):
    url = reverse("reflections:reflections.show", args=[make.kept(cast.facilitator).key])

    spanish = make.queries(in_spanish, url)
    cast.facilitator.language = "en"
    cast.facilitator.save(update_fields=["language"])

    assert spanish == make.queries(in_spanish, url)
