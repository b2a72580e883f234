"""A draft as the page's script saves it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from portal.practice.models import Skill
from reflections.models import PromptSet, Reflection, Version
from reflections.models.prompt import prompts_of
from tests.communities import make as communities
from tests.reflections import make

AS_A_SCRIPT = {"accept": "application/json"}


def save(client, key, data):
    url = reverse("reflections:drafts.edit", args=[key])
    return client.post(url, data, headers=AS_A_SCRIPT)


def test_the_first_letter_makes_the_draft(as_facilitator, cast):
    key = uuid.uuid4()

    answer = save(as_facilitator, key, make.page(None, "A"))

    draft = Reflection.objects.get(key=key)
    assert answer.status_code == 200
    assert answer.json() == {
        "version": 1,
        "saved_at": draft.saved_at.isoformat("T", "milliseconds"),
    }
    assert (draft.author, draft.agency) == (cast.facilitator, cast.northside.agency)
    assert draft.first_words == "A"
    assert not draft.is_kept


def test_a_create_that_is_sent_again_makes_one_draft(as_facilitator):
    key, sent = uuid.uuid4(), make.page(None, "A")

    first, again = save(as_facilitator, key, sent), save(as_facilitator, key, sent)

    assert (first.status_code, again.status_code) == (200, 200)
    assert Reflection.objects.filter(key=key).count() == 1


def test_a_page_goes_on_when_an_answer_to_it_was_lost(as_facilitator, cast):
    key, sent = uuid.uuid4(), make.page(None, "A")
    save(as_facilitator, key, sent)  # the answer never reached the page, which is still at 0

    answer = save(as_facilitator, key, make.page(None, "A heron", page=sent["page"]))

    assert answer.status_code == 200
    assert Reflection.objects.get(key=key).first_words == "A heron"


def test_another_page_is_shown_both_texts_and_writes_over_nothing(as_facilitator, cast):
    draft = make.draft(cast.facilitator, "On the laptop")
    box = f"answer_{draft.prompt_set.prompts.first().pk}"

    answer = save(as_facilitator, draft.key, make.page(draft, "On the phone", version=0))

    assert answer.status_code == 409
    assert answer.json()["version"] == 1
    assert answer.json()["answers"][box] == "On the laptop"
    draft.refresh_from_db()
    assert (draft.first_words, draft.version) == ("On the laptop", 1)
    [refused] = Version.objects.all()
    assert (refused.first_words, refused.is_refused) == ("On the phone", True)


def test_after_choosing_the_page_saves_over_what_it_has_seen(as_facilitator, cast):
    draft = make.draft(cast.facilitator, "On the laptop")
    seen = save(as_facilitator, draft.key, make.page(draft, "Mine", version=0)).json()["version"]

    answer = save(as_facilitator, draft.key, make.page(draft, "Mine, theirs", version=seen))

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    draft.refresh_from_db()
    assert draft.first_words == "Mine, theirs"


@pytest.mark.parametrize(
    "text",
    [
        "🌱🪴 ¿qué?",
        "שלום, مرحبا",
        '<script>alert(1)</script> & "quotes"',
        "two\n\nparagraphs  with spaces ",
        "\u202eright to left",
    ],
)
def test_what_was_typed_is_what_is_stored(as_facilitator, text):
    key = uuid.uuid4()

    save(as_facilitator, key, make.page(None, text))

    draft = Reflection.objects.get(key=key)
    assert next(iter(draft.answers.values())) == text


def test_a_null_byte_goes_and_the_rest_stays(as_facilitator):
    key = uuid.uuid4()

    answer = save(as_facilitator, key, make.page(None, "a\x00b\r\nc"))

    assert answer.status_code == 200
    assert Reflection.objects.get(key=key).first_words == "ab\nc"


def test_a_megabyte_is_refused_by_name_of_its_box(as_facilitator):
    key, sent = uuid.uuid4(), make.page(None, "a" * 1_000_000)

    answer = save(as_facilitator, key, sent)

    box = f"answer_{make.three_questions().prompts.first().pk}"
    assert answer.status_code == 422
    assert answer.json() == {
        "errors": {
            box: [
                "This is 950,000 characters longer than an answer can be (50,000). "
                "Shorten it, or go on in the next box."
            ]
        }
    }
    assert not Reflection.objects.filter(key=key).exists()


def test_fields_that_no_page_sends_are_refused(as_facilitator):
    answer = save(as_facilitator, uuid.uuid4(), {"version": "x", "page": "y"})

    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"version", "page", "prompts"}


def test_someone_elses_draft_is_not_there(as_coach, cast):
    draft = make.draft(cast.facilitator, "Mine")

    answer = save(as_coach, draft.key, make.page(draft, "Yours"))

    assert answer.status_code == 404
    draft.refresh_from_db()
    assert draft.first_words == "Mine"


def test_a_signed_out_page_is_told_so(cast):
    draft = make.draft(cast.facilitator)

    assert save(Client(), draft.key, make.page(draft, "More")).status_code == 401
    asked = Client().get(reverse("reflections:drafts.index"), headers=AS_A_SCRIPT)
    assert asked.status_code == 401


def test_a_page_whose_person_signed_in_anew_gets_the_token_to_save_with(cast):
    """Signing in gives the browser another token; a page that was open has the old one."""
    browser, key = Client(enforce_csrf_checks=True), uuid.uuid4()
    browser.force_login(cast.facilitator)
    assert save(browser, key, make.page(None, "A")).status_code == 403

    told = browser.get(reverse("reflections:drafts.index"), headers=AS_A_SCRIPT).json()
    sent = make.page(None, "A", csrfmiddlewaretoken=told["token"])

    assert told["person"] == cast.facilitator.pk
    assert save(browser, key, sent).status_code == 200


def test_what_was_closed_on_a_device_is_kept_when_it_arrives_and_twice_is_once(as_facilitator):
    key, sent = uuid.uuid4(), make.page(None, "A", keep="1", next_time="wait")

    first, again = save(as_facilitator, key, sent), save(as_facilitator, key, sent)

    entry = Reflection.objects.get(key=key)
    assert entry.is_kept
    assert entry.commitment.text == "wait"
    for answer in (first, again):
        assert (answer.status_code, answer.json()["url"]) == (200, entry.get_absolute_url())
    assert entry.first_words == "A"


def test_what_was_closed_on_a_device_is_back_though_it_was_removed_elsewhere(as_facilitator, cast):
    entry = make.draft(cast.facilitator, "A")
    entry.remove(by=cast.facilitator)

    save(as_facilitator, entry.key, make.page(entry, "A, and more", keep="1"))

    [standing] = Reflection.objects.by(cast.facilitator).kept()
    assert standing.first_words == "A, and more"


@pytest.mark.parametrize(
    ("text", "more"), [("", {}), ("A", {"next_time": "wait", "next_time_on": "2020-01-01"})]
)
def test_what_can_not_be_kept_waits_as_a_draft_and_says_why(as_facilitator, text, more):
    key = uuid.uuid4()

    answer = save(as_facilitator, key, make.page(None, text, keep="1", **more)).json()

    assert (answer["kept"], bool(answer["errors"])) == (False, True)
    assert (Reflection.objects.get(key=key).is_kept, answer["version"]) == (False, 1)


def test_a_page_keeps_prompts_that_were_withdrawn_while_it_was_open(as_facilitator, cast):
    prompts, key = make.three_questions(), uuid.uuid4()
    prompts.withdraw(by=cast.admin)

    assert save(as_facilitator, key, make.page(None, "A")).status_code == 200
    assert Reflection.objects.get(key=key).prompt_set == prompts


def test_prompts_of_another_role_are_refused_in_words(as_facilitator):
    theirs = PromptSet.objects.get(slug="peer-partner")

    answer = save(as_facilitator, uuid.uuid4(), make.page(None, "A", prompts=theirs.pk))

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["prompts"]


def test_what_it_is_about_is_saved_and_what_is_not_theirs_is_none(as_facilitator, cast):
    elsewhere = communities.community(cast.riverbend.agency)
    communities.membership(cast.riverbend.coach, elsewhere, "host")
    theirs = communities.session(elsewhere)
    key, skill = uuid.uuid4(), Skill.objects.get(slug="affirmations")

    save(as_facilitator, key, make.page(None, "A", skill=skill.pk, session=theirs.pk))

    draft = Reflection.objects.get(key=key)
    assert (draft.skill, draft.session) == (skill, None)


def test_a_save_takes_two_queries_more_than_an_empty_view(
    as_facilitator, cast, django_assert_num_queries
):
    draft = make.draft(cast.facilitator, "One")
    skill = Skill.objects.get(slug="affirmations")
    sent = make.page(draft, "One, two", skill=skill.pk)
    prompts_of(draft.prompt_set_id)  # read once a process

    empty_view = make.queries(as_facilitator, reverse("reflections:reflections.new"), status=302)
    with django_assert_num_queries(empty_view + 2):
        answer = save(as_facilitator, draft.key, sent)

    assert answer.json()["version"] == 2
