"""Self-ratings on the writing page and as a chart."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.practice.models import Skill
from reflections.models import Reflection, SelfRating
from tests.reflections import make

INDEX = reverse("reflections:ratings.index")


def skill(slug="affirmations"):
    return Skill.objects.get(slug=slug).pk


def draft_url(key):
    return reverse("reflections:drafts.edit", args=[key])


def text_of_entry(client, entry):
    """What stands on its page, without what differs each time."""
    page = client.get(entry.get_absolute_url()).content.decode()
    return page[page.index("<article") : page.index("</article>")]


def saved(client, draft, *texts, **fields):
    """The queries of a draft's save."""
    draft.refresh_from_db()
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(draft_url(draft.key), make.page(draft, *texts, **fields))
    assert answer.status_code == 200
    return len(captured)


def test_a_rating_is_saved_with_the_draft_changed_and_taken_back(as_facilitator, cast):
    draft = make.draft(cast.facilitator, "A")
    for rating in ("4", "2"):
        saved(as_facilitator, draft, "A", skill=skill(), rating=rating)
        assert Reflection.objects.get().rated == (skill(), int(rating))

    saved(as_facilitator, draft, "A", skill=skill("evoking"), rating="2")
    assert Reflection.objects.get().rated == (skill("evoking"), 2)

    saved(as_facilitator, draft, "A", skill=skill(), rating="")
    assert Reflection.objects.get().rated is None


def test_a_first_save_takes_the_rating_along(as_facilitator, cast):
    sent = make.page(None, "A", skill=skill(), rating="5")

    as_facilitator.post(draft_url(uuid.uuid4()), sent)

    assert SelfRating.objects.get().value == 5


def test_a_rating_that_stays_costs_a_save_nothing(as_facilitator, cast):
    plain, rated = make.draft(cast.facilitator), make.draft(cast.facilitator)
    saved(as_facilitator, rated, "A", skill=skill(), rating="3")
    without = saved(as_facilitator, plain, "B", skill=skill())

    assert saved(as_facilitator, rated, "B", skill=skill(), rating="3") == without
    assert saved(as_facilitator, rated, "C", skill=skill(), rating="4") == without + 1


@pytest.mark.parametrize("rating", ["0", "6", "x", "3.5"])
def test_what_is_no_rating_is_refused_and_the_text_stays(as_facilitator, cast, rating):
    sent = make.page(None, "A", skill=skill(), rating=rating)

    assert as_facilitator.post(draft_url(uuid.uuid4()), sent).status_code == 422
    assert not SelfRating.objects.exists()


def test_a_rating_without_a_skill_is_saved_as_none_and_asked_about_on_keeping(as_facilitator):
    key, sent = uuid.uuid4(), make.page(None, "A", rating="3")

    assert as_facilitator.post(draft_url(key), sent).status_code == 200
    page = reverse("reflections:reflections.edit", args=[key])
    answer = as_facilitator.post(page, sent | {"version": 1, "keep": "1"})

    assert answer.status_code == 422
    assert "Choose the skill that you rated." in answer.content.decode()
    assert not SelfRating.objects.exists()


def test_the_writing_page_shows_what_was_rated(as_facilitator, cast):
    draft = make.draft(cast.facilitator, "A", skill=skill())
    draft.rate((skill(), 4))

    form = as_facilitator.get(reverse("reflections:reflections.edit", args=[draft.key])).context[
        "form"
    ]

    assert (form["skill"].value(), form["rating"].value()) == (skill(), 4)


def test_a_set_about_a_skill_begins_with_that_skill(as_facilitator, cast):
    ours = make.own_prompts(cast, skill_id=skill("evoking"))

    page = as_facilitator.get(
        reverse("reflections:reflections.new"), {"prompts": ours.pk}, follow=True
    )

    assert page.context["form"]["skill"].value() == skill("evoking")


def test_the_chart_has_a_point_and_a_row_for_each_and_leads_to_the_entries(as_facilitator, cast):
    assert "Nothing rated yet" in as_facilitator.get(INDEX).content.decode()
    entries = [make.kept(cast.facilitator, f"{n}") for n in range(3)]
    for entry, value in zip(entries, (2, 3, 5), strict=True):
        entry.rate((skill(), value))

    answer = as_facilitator.get(INDEX)
    series = answer.context["skills"]

    assert [each.skill for each in series] == ["Affirmations"]
    assert [row.value for row in series[0].rows] == [5, 3, 2]
    assert [point.url for point in series[0].chart.points] == [
        e.get_absolute_url() for e in entries
    ]
    assert answer.content.decode().count("<tr>") == 4


def test_a_reader_of_the_entry_does_not_see_the_rating(as_supervisor, cast):
    entry = make.shared_with_supervisor(cast)
    before = text_of_entry(as_supervisor, entry)
    entry.rate((skill(), 5))

    assert text_of_entry(as_supervisor, entry) == before


def test_the_chart_is_ones_own(as_supervisor, as_admin, cast):
    entry = make.shared_with_supervisor(cast)
    entry.rate((skill(), 5))

    for client in (as_supervisor, as_admin):
        assert "Nothing rated yet" in client.get(INDEX).content.decode()


def test_the_chart_takes_as_many_queries_for_many(as_facilitator, cast):
    def fill(count):
        for number in range(count):
            make.kept(cast.facilitator).rate((skill(), number % 5 + 1))
        return make.queries(as_facilitator, INDEX)

    assert fill(1) == fill(45) <= 12
    assert len(as_facilitator.get(INDEX).context["skills"][0].rows) == 40
