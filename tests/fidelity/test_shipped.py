"""Shipped instruments in the language of who reads: shown so, and stored as they are."""

import json
from datetime import date

import pytest
from django.utils.translation import override

from fidelity.building.document import document_of
from fidelity.building.revisions import own_copy
from fidelity.models import Benchmark, Instrument, Version
from fidelity.notices import FeedbackReleased
from fidelity.shipped import WORDS, spoken
from portal.notices import mail
from portal.notices.models import Notice
from tests.fidelity import make
from tests.reflections.make import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_spanish(cast, as_person):
    """The coach's browser, who reads in Spanish."""
    cast.coach.language = "es"
    cast.coach.save(update_fields=["language"])
    return as_person(cast.coach)


def words_of(instrument):
    found = {instrument.name, instrument.about}
    for version in instrument.versions.all():
        found |= set(version.sections.values_list("title", flat=True))
        for item in version.items.all():
            found |= {item.wording, item.help}
        for scale in version.scales.prefetch_related("levels"):
            found |= {scale.name, *(level.label for level in scale.levels.all())}
        for measure in version.measures.all():
            found |= {measure.name, measure.about}
    return found


@pytest.fixture
def shipped_words(db):
    found = set(Benchmark.objects.values_list("label", flat=True))
    return found.union(*map(words_of, Instrument.objects.filter(agency=None))) - {""}


def both(in_spanish, in_english, url):
    """The same page for the one, then for the other: what one process keeps serves both."""
    pages = [client.get(url) for client in (in_spanish, in_english)]
    assert [page.status_code for page in pages] == [200, 200]
    return [page.content.decode() for page in pages]


def test_every_word_that_is_shipped_waits_for_no_catalogue(shipped_words):
    with override("en"):
        # The first version's words about the coding sheet went with the second.
        first = "It gives two summary scores"
        assert shipped_words == {str(each) for each in WORDS if first not in str(each)}
        assert {words for words in shipped_words if spoken(words) != words} == set()
    with override("es"):
        assert {words for words in shipped_words if spoken(words) == words} == set()


def test_what_an_agency_wrote_stays_as_written(cast):
    version = make.draft_version(cast.northside.agency)
    item = version.items.get()

    with override("es"):
        assert str(version.instrument) == version.instrument.name
        assert (str(item), item.spoken_help) == ("First", "")
        assert str(item.scale.levels.first()) == "0 level 0"


def test_a_review_form_is_in_the_readers_language(cast, in_spanish, as_supervisor):
    url = f"/fidelity/reviews/{make.draft(cast.coach, cast.facilitator).pk}/answers/"
    other = make.draft(cast.supervisor, cast.facilitator)

    spanish = in_spanish.get(url).content.decode()
    english = as_supervisor.get(f"/fidelity/reviews/{other.pk}/answers/").content.decode()

    assert "Rúbrica de la práctica wraparound" in spanish
    assert "Los diez principios" in spanish
    assert "Apoyos naturales" in spanish
    assert "Se nombran las fortalezas, y el plan las aprovecha." in spanish
    assert "Plenamente" in spanish
    assert "Natural supports" not in spanish
    assert "Throughout" not in spanish
    assert "The ten principles" in english
    assert "Natural supports" in english
    assert "Throughout" in english


def test_the_tally_pad_is_in_the_readers_language(cast, in_spanish, as_supervisor):
    url = f"/fidelity/reviews/{make.tallied_draft(cast.coach, cast.facilitator).pk}/tallies/"
    other = make.draft(
        cast.supervisor, cast.facilitator, make.shipped(make.CODING_SHEET), source="recording"
    )

    spanish = in_spanish.get(url).content.decode()
    english = as_supervisor.get(f"/fidelity/reviews/{other.pk}/tallies/").content.decode()

    assert '<span class="pad__item">Reflejos complejos</span>' in spanish
    assert 'value="complex-reflections"' in spanish
    assert "Porcentaje de reflejos complejos" in spanish
    assert "Complex reflections" not in spanish
    assert '<span class="pad__item">Complex reflections</span>' in english


def test_an_instruments_page_is_in_the_readers_language(in_spanish, as_facilitator):
    sheet = Instrument.objects.get(slug=make.CODING_SHEET)

    spanish, english = both(in_spanish, as_facilitator, sheet.get_absolute_url())

    for words in (
        "Hoja de codificación de la entrevista motivacional",
        "Cultivar el discurso de cambio",
        "Suavizar el discurso de mantenimiento",
        "Colaboración",
        "Empatía",
        "Media de colaboración y empatía.",
        "5 Muy alto",
        "bueno",
    ):
        assert words in spanish
    assert "Softening sustain talk" in english
    assert "5 Highest" in english


def test_a_submitted_review_is_in_the_readers_language_and_is_not_changed(
    cast, in_spanish, as_supervisor
):
    review = make.review(cast.coach, cast.facilitator, value=4)

    spanish, english = both(in_spanish, as_supervisor, review.get_absolute_url())

    assert "4 Plenamente" in spanish
    assert "Media de los principios" in spanish
    assert "4 Throughout" in english
    assert "Mean of the principles" in english
    assert make.shipped().items.first().wording == "Family voice and choice"


def test_a_dashboard_is_in_the_readers_language_whoever_read_it_before(
    cast, in_spanish, as_supervisor
):
    for month in (1, 2, 3):
        make.review(cast.coach, cast.facilitator, practised_on=date(2026, month, 1))

    url = f"/fidelity/people/{cast.facilitator.pk}/"
    pages = both(in_spanish, as_supervisor, url) + both(in_spanish, as_supervisor, url)

    for spanish, english in (pages[:2], pages[2:]):
        assert "Media de los principios" in spanish
        assert "La voz y la elección de la familia" in spanish  # of the map of items
        assert "Family voice and choice" not in spanish
        assert "Mean of the principles" in english
        assert "Family voice and choice" in english
        assert "La voz y" not in english


def test_lists_name_instruments_in_the_readers_language(cast, in_spanish):
    make.review(cast.coach, cast.facilitator)
    make.draft(cast.coach, cast.facilitator)

    for url in ("/", "/fidelity/", "/fidelity/reviews/new/"):
        page = in_spanish.get(url).content.decode()
        assert "Rúbrica de la práctica wraparound" in page, url
        assert "Wraparound practice rubric" not in page, url


def test_a_mail_names_the_instrument_in_its_readers_language(cast):
    cast.facilitator.language = "es"
    cast.facilitator.save(update_fields=["language"])
    feedback = make.feedback(cast.coach, cast.facilitator)
    notice = Notice.objects.get(kind="feedback.released", recipient=cast.facilitator)

    with override("en"):
        said = mail.words(FeedbackReleased, notice, feedback)

    assert "(Rúbrica de la práctica wraparound)" in said.text
    assert "(Rúbrica de la práctica wraparound)" in said.html


def test_a_file_of_an_instrument_keeps_its_own_words(in_spanish):
    version = make.shipped(make.CODING_SHEET)

    told = json.loads(in_spanish.get(f"/fidelity/versions/{version.pk}/document/").content)

    assert told["name"] == "Motivational interviewing coding sheet"
    assert told == json.loads(json.dumps(document_of(version)))


def test_a_copy_keeps_the_words_and_is_shown_as_what_it_was_made_of(cast):
    with override("es"):
        sheet = Instrument.objects.get(slug=make.CODING_SHEET)
        copy = own_copy(sheet, by=cast.coach, agency=cast.northside.agency, name="La nuestra")

        item = Version.objects.get(pk=copy.pk).items.get(key="empathy")
        assert (item.wording, str(item)) == ("Empathy", "Empatía")


def test_another_language_asks_the_database_no_more(cast, in_spanish):
    review = make.review(cast.coach, cast.facilitator)
    urls = [review.get_absolute_url(), f"/fidelity/people/{cast.facilitator.pk}/"]
    for url in urls:
        queries(in_spanish, url)  # what is kept is read

    spanish = [queries(in_spanish, url) for url in urls]
    cast.coach.language = "en"
    cast.coach.save(update_fields=["language"])

    assert spanish == [queries(in_spanish, url) for url in urls]
