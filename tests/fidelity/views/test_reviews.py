"""Writing a review on a page, and finding it again."""

from uuid import uuid4

import pytest
from django.test import Client

from fidelity.models import Entry, NotTheirs, Press, Review, Tally
from fidelity.models.review import ReviewQuerySet
from fidelity.scoring import State
from tests.fidelity import make

pytestmark = pytest.mark.django_db
EDIT = "/fidelity/reviews/{}/answers/"


def form_for(version, value="3", *, saves=0, **changes):
    """What the form sends: answers by the items' keys, and what else it holds."""
    answers = dict.fromkeys(version.items.values_list("key", flat=True), value)
    apart = {key: changes.pop(key) for key in ("submit", "save") if key in changes}
    named = {f"item-{key}": answer for key, answer in (answers | changes).items()}
    return named | apart | {"version": saves}


def new_form(subject, slug=make.RUBRIC, **changes):
    return {
        "subject": subject.pk,
        "version": make.shipped(slug).pk,
        "source": "observation",
        "practised_on": "2026-11-02",
    } | changes


def errors_of(response):
    assert response.status_code == 422
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def test_a_coach_starts_answers_and_submits_a_review(as_coach, cast):
    started = as_coach.post("/fidelity/reviews/new/", new_form(cast.facilitator))
    review = Review.objects.get()
    assert started.url == EDIT.format(review.pk)

    submitted = as_coach.post(
        started.url,
        form_for(
            review.version,
            **{"persistence": "not_observed", "collaboration-note": "Two plans became one."},
            submit="1",
        ),
    )

    assert submitted.url == f"/fidelity/reviews/{review.pk}/"
    page = as_coach.get(submitted.url).content.decode()
    assert "Two plans became one." in page
    assert ">Evidence</th>" in page
    assert review.answers.get(item__key="persistence").state == "not_observed"
    assert set(review.scores.values_list("measure__key", "value", "counted")) == {
        ("mean", 3.0, 9),
        ("percent-of-maximum", 75.0, 9),
    }


def test_a_draft_is_kept_as_it_was_left(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)
    url = EDIT.format(review.pk)

    as_coach.post(
        url, {"item-persistence": "2", "item-persistence-note": "after the move", "save": "1"}
    )

    form = as_coach.get(url).context["form"]
    assert form["persistence"].value() == "2"
    assert form["persistence-note"].value() == "after the move"
    assert form["collaboration"].value() == ""
    assert Review.objects.get().submitted_at is None


def test_counts_take_numbers_or_a_reason_and_not_both(as_supervisor, cast):
    sheet = make.shipped(make.CODING_SHEET)
    make.consent(cast.facilitator, cast.northside.agency)
    review = make.draft(cast.supervisor, cast.facilitator, version=sheet, source="recording")
    url = EDIT.format(review.pk)

    both = as_supervisor.post(
        url, {"item-persuade": "2", "item-persuade-unseen": "not_observed", "save": "1"}
    )
    negative = as_supervisor.post(url, {"item-persuade": "-1", "save": "1"})
    as_supervisor.post(url, form_for(sheet, "4", persuade="0", submit="1"))

    assert errors_of(both) == {
        "persuade": ["Enter an answer, or choose why there is none; not both."]
    }
    assert errors_of(negative) == {"persuade": ["Enter a whole number from 0 to 9999."]}
    assert review.answers.get(item__key="persuade").value == 0
    assert set(review.scores.values_list("measure__key", "value")) == {
        ("technical", 4.0),
        ("relational", 4.0),
        ("percent-complex-reflections", 50.0),
        ("reflection-to-question-ratio", 2.0),
        ("mi-adherent", 12.0),
        ("mi-non-adherent", 4.0),
    }


def test_an_answer_outside_the_scale_is_not_taken(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)

    response = as_coach.post(EDIT.format(review.pk), {"item-persistence": "9", "submit": "1"})

    assert errors_of(response) == {
        "persistence": ["Choose one of the answers listed for “Persistence”."]
    }
    assert review.answers.count() == 0


def test_an_empty_review_is_not_submitted(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)

    response = as_coach.post(EDIT.format(review.pk), {"submit": "1"})

    assert errors_of(response) == {"__all__": ["Answer at least one item before you submit."]}


def test_a_second_tab_that_submits_is_told_so(as_coach, cast, monkeypatch):
    review = make.review(cast.coach, cast.facilitator, 3)

    response = as_coach.post(EDIT.format(review.pk), form_for(review.version, "0", submit="1"))

    assert response.status_code == 403
    assert b"A review that was submitted stays as it is." in response.content
    assert review.scores.get(measure__key="mean").value == 3


def test_two_tabs_submit_at_once(as_coach, cast, monkeypatch):
    review = make.draft(cast.coach, cast.facilitator)
    first = Review.submit

    def slower(self, **fields):
        # The other tab gets there between this tab's check of access and its own submit.
        monkeypatch.setattr(Review, "submit", first)
        Review.objects.get(pk=self.pk).submit(by=cast.coach, entries=make.all_at(1, review.version))
        return first(self, **fields)

    monkeypatch.setattr(Review, "submit", slower)
    response = as_coach.post(
        EDIT.format(review.pk), form_for(review.version, "4", submit="1"), follow=True
    )

    assert "submitted already, perhaps in another tab" in response.content.decode()
    assert review.scores.get(measure__key="mean").value == 1


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        (
            {"practised_on": "2999-01-01"},
            {"practised_on": ["Enter a day that is not in the future."]},
        ),
        ({"source": "self"}, {"source": ["For this, choose: observation, recording, records."]}),
        (
            {"source": "family_survey"},
            {"source": ["For this, choose: observation, recording, records."]},
        ),
    ],
)
def test_what_does_not_go_together_is_said(as_coach, cast, changes, errors):
    response = as_coach.post("/fidelity/reviews/new/", new_form(cast.facilitator) | changes)

    assert errors_of(response) == errors
    assert not Review.objects.exists()


def test_a_self_check_is_for_oneself_and_for_nobody_else(as_coach, cast):
    other = as_coach.post(
        "/fidelity/reviews/new/", new_form(cast.facilitator, make.SELF_CHECK, source="")
    )
    myself = as_coach.post("/fidelity/reviews/new/", new_form(cast.coach, source=""))

    assert errors_of(other) == {
        "version": ["Choose another instrument: this one is for checking oneself."]
    }
    assert errors_of(myself) == {
        "version": ["Choose an instrument for a self-check, or another person."]
    }


def test_someone_outside_the_team_cannot_be_chosen(as_coach, cast):
    for person in (cast.newcomer, cast.riverbend.facilitator, cast.admin):
        response = as_coach.post("/fidelity/reviews/new/", new_form(person))
        assert list(errors_of(response)) == ["subject"]
    assert not Review.objects.exists()


def test_someone_who_left_the_team_meanwhile_is_not_reviewed(as_coach, cast, monkeypatch):
    def too_late(self, **fields):
        raise NotTheirs

    monkeypatch.setattr(ReviewQuerySet, "start", too_late)
    response = as_coach.post("/fidelity/reviews/new/", new_form(cast.facilitator))

    assert errors_of(response) == {"subject": ["Choose someone whom you supervise or coach."]}


def test_a_facilitator_checks_themselves(as_facilitator, cast):
    as_facilitator.post(
        "/fidelity/reviews/new/", new_form(cast.facilitator, make.SELF_CHECK, source="")
    )

    review = Review.objects.get()
    assert (review.reviewer, review.subject, review.source) == (
        cast.facilitator,
        cast.facilitator,
        "self",
    )


def test_saving_over_what_was_saved_from_another_page_is_refused_with_both(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)
    url = EDIT.format(review.pk)
    review.keep({"persistence": Entry(value=2.0, note="on the phone")})

    stale = as_coach.post(url, form_for(review.version, persistence="4", save="1"))
    both = as_coach.post(url, form_for(review.version, persistence="4", submit="1"))

    assert (stale.status_code, both.status_code) == (409, 409)
    changed = [(each.label, each.there, each.here) for each in stale.context["changed"][-2:]]
    persistence = [each for each in stale.context["changed"] if "ersistence" in each.label]
    assert [(each.label, each.there, each.here) for each in persistence] == [
        ("Persistence", "2  In part", "4  Throughout"),
        ("Evidence: Persistence", "on the phone", "nothing"),
    ]
    assert changed[-1][1] == "nothing"
    kept = review.answers.values_list("item__key", "value", "note")
    assert set(kept) == {("persistence", 2.0, "on the phone")}
    assert Review.objects.get().submitted_at is None
    # The page that was shown knows what stands: sent again it replaces it.
    assert b'name="version" value="1"' in stale.content
    again = form_for(review.version, persistence="4", submit="1", saves=1)
    assert as_coach.post(url, again).url == f"/fidelity/reviews/{review.pk}/"
    assert review.answers.get(item__key="persistence").value == 4


def test_a_save_that_is_sent_twice_is_one(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)
    sent = form_for(review.version, save="1")

    first, second = (as_coach.post(EDIT.format(review.pk), sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)


def test_submitting_thirty_items_takes_ten_queries_more_than_an_empty_view(
    as_coach, cast, settings, django_assert_max_num_queries
):
    version = make.draft_version(cast.northside.agency)
    make.Item.objects.bulk_create(
        make.Item(
            version=version,
            key=f"item-{place}",
            place=place,
            kind="scale" if place % 2 else "count",
            scale=version.scales.get() if place % 2 else None,
            wording=f"Item {place}",
        )
        for place in range(2, 31)
    )
    version.publish(by=cast.admin)
    settings.ROOT_URLCONF = "tests.bench.urls"
    drafts = [
        make.draft(cast.coach, person, version) for person in (cast.facilitator, cast.peer_partner)
    ]
    Tally.objects.take(drafts[1], [Press(uuid4(), "item-2")])
    for warm, draft in enumerate(drafts):
        with django_assert_max_num_queries(100) as empty:
            as_coach.get("/bench/empty")
        with django_assert_max_num_queries(100 if not warm else len(empty) + 10):
            as_coach.post(EDIT.format(draft.pk), form_for(version, "1", submit="1"))
    assert drafts[1].answers.count() == 30
    assert drafts[1].scores.count() == 1


def test_throwing_a_draft_away_asks_first(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)
    url = f"/fidelity/reviews/{review.pk}/remove/"

    asked = as_coach.get(url)
    assert Review.objects.count() == 1
    as_coach.post(url)

    assert "deleted for good" in asked.content.decode()
    assert Review.objects.count() == 0


def test_missing_answers_show_as_such(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)
    review.submit(
        by=cast.coach,
        entries={"persistence": Entry(State.NOT_APPLICABLE), "collaboration": Entry(value=2.0)},
    )
    page = as_coach.get(f"/fidelity/reviews/{review.pk}/").content.decode()

    assert page.count("no answer") == 8
    assert ">Evidence</th>" not in page  # nobody wrote any
    assert page.count("not applicable") == 1
    assert "No score, because an item it needs has no value." in page


def test_a_draft_opens_where_it_is_answered(as_coach, cast):
    review = make.draft(cast.coach, cast.facilitator)

    response = as_coach.get(f"/fidelity/reviews/{review.pk}/")

    assert response.url == EDIT.format(review.pk)


def queries_of(client: Client, url: str, captured) -> int:
    client.get(url)  # warm: nothing of a process's first request counts
    with captured as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.fixture
def count(django_assert_max_num_queries):
    """How many queries a page takes."""
    return lambda client, url: queries_of(client, url, django_assert_max_num_queries(15))


def test_the_list_takes_the_same_queries_for_one_and_for_many(as_coach, cast, count):
    make.feedback(cast.coach, cast.facilitator)
    make.review(cast.coach, cast.peer_partner)
    make.draft(cast.coach, cast.peer_partner)
    once = count(as_coach, "/fidelity/")

    for _ in range(3):
        make.feedback(cast.coach, cast.facilitator)
        make.review(cast.coach, cast.peer_partner)
    make.draft(cast.coach, cast.facilitator)
    make.draft(cast.coach, cast.facilitator, source="records")

    assert count(as_coach, "/fidelity/") == once


def test_a_form_and_a_review_take_few_queries(as_coach, cast, count):
    draft = make.draft(cast.coach, cast.facilitator)
    review = make.review(cast.coach, cast.peer_partner)

    count(as_coach, EDIT.format(draft.pk))
    count(as_coach, f"/fidelity/reviews/{review.pk}/")
