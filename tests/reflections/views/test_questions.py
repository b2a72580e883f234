"""The author's question, above the entry for its readers."""

from django.urls import reverse

from reflections.models import Question
from tests.reflections import make

TEXT = "What would you have tried?"


def edit(entry):
    return reverse("reflections:questions.edit", args=[entry.key])


def test_readers_find_it_above_the_entry(as_facilitator, as_supervisor, cast):
    entry = make.shared_with_supervisor(cast)

    answer = as_facilitator.post(edit(entry), {"text": TEXT})
    page = as_supervisor.get(entry.get_absolute_url()).content.decode()

    assert answer["Location"] == entry.get_absolute_url()
    assert "Amara asks you" in page
    assert page.index(TEXT) < page.index(make.SECRET)
    assert TEXT in as_facilitator.get(edit(entry)).content.decode()


def test_before_it_is_shared_it_leads_on_to_sharing_and_shows_there(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    answer = as_facilitator.post(edit(entry), {"text": TEXT}, follow=True)

    assert answer.request["PATH_INFO"] == reverse("reflections:shares.new", args=[entry.key])
    assert TEXT in answer.content.decode()


def test_one_that_is_too_long_comes_back_with_words(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    answer = as_facilitator.post(edit(entry), {"text": "a" * 301})

    assert answer.status_code == 422
    assert "up to 300 characters" in answer.content.decode()
    assert "a" * 301 in answer.content.decode()
    assert not Question.objects.exists()


def test_a_draft_is_kept_first(as_facilitator, cast):
    draft = make.draft(cast.facilitator)

    answer = as_facilitator.post(edit(draft), {"text": TEXT})

    assert answer["Location"] == reverse("reflections:reflections.edit", args=[draft.key])
    assert not Question.objects.exists()


def test_what_readers_would_see_at_once_is_checked_before(as_facilitator, cast):
    entry = make.shared_with_supervisor(cast)

    answer = as_facilitator.post(edit(entry), {"text": "Would you have asked Grandma Rosa?"})

    assert answer.status_code == 422
    assert "asked Grandma <mark>Rosa</mark>?" in answer.content.decode()
    assert not Question.objects.exists()


def test_other_words_are_put_into_the_box_and_saved_only_then(as_facilitator, cast):
    entry = make.shared_with_supervisor(cast)
    asked = {"text": "Would you have asked Grandma Rosa?"}

    offered = as_facilitator.post(edit(entry), {**asked, "replace": "1"})

    words = offered.context["form"]["text"].value()
    assert words == "Would you have asked Grandma [name]?"
    assert not Question.objects.exists()
    as_facilitator.post(edit(entry), {"text": words})
    assert Question.objects.get().text == words


def test_the_author_may_ask_it_as_it_is(as_facilitator, cast):
    entry = make.shared_with_supervisor(cast)
    asked = {"text": "Would you have asked Grandma Rosa?"}

    as_facilitator.post(edit(entry), {**asked, "as_it_is": "1"})

    assert Question.objects.get().text == asked["text"]
    shown = as_facilitator.get(entry.get_absolute_url()).content.decode()
    assert "1 passage could tell who a family is." in shown


def test_more_than_a_form_can_take_is_answered_in_words(as_facilitator, cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    entry = make.kept(cast.facilitator)

    answer = as_facilitator.post(edit(entry), {"text": "a" * 2000})

    assert answer.status_code == 413
    assert "what you typed is still there. Make it shorter" in answer.content.decode()
