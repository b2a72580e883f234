"""A draft review as the page's script saves it."""

import uuid

import pytest

from fidelity.models import Entry, Review
from tests.fidelity import make

pytestmark = pytest.mark.django_db
AS_A_SCRIPT = {"accept": "application/json"}
PAGE = uuid.uuid4()


@pytest.fixture
def draft(cast):
    return make.draft(cast.coach, cast.facilitator)


def save(client, review, on=0, at=1, page=PAGE, **answers):
    sent = {f"item-{key.replace('_', '-')}": answer for key, answer in answers.items()}
    url = f"/fidelity/reviews/{review.pk}/draft/"
    fields = sent | {"version": on, "page": page, "at": at}
    return client.post(url, fields, headers=AS_A_SCRIPT)


def kept(review):
    seen = review.answers.exclude(state="missing")
    return {
        key: (value, note) for key, value, note in seen.values_list("item__key", "value", "note")
    }


def test_what_is_filled_in_is_saved_and_the_page_told_when(as_coach, draft):
    answer = save(as_coach, draft, persistence="2", persistence_note="after the move")

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json() == {
        "version": 1,
        "saved_at": draft.saved_at.isoformat(timespec="milliseconds"),
    }
    assert kept(draft) == {"persistence": (2.0, "after the move")}


def test_a_page_goes_on_from_its_own_save(as_coach, draft):
    save(as_coach, draft, persistence="2")
    save(as_coach, draft, on=1, at=2, persistence="3")

    assert kept(draft) == {"persistence": (3.0, "")}


def test_a_page_goes_on_when_an_answer_to_it_was_lost(as_coach, draft):
    save(as_coach, draft, at=1, persistence="2")

    assert save(as_coach, draft, on=0, at=2, persistence="3").json()["version"] == 2
    assert kept(draft) == {"persistence": (3.0, "")}


def test_what_was_sent_earlier_and_comes_later_is_not_taken(as_coach, draft):
    save(as_coach, draft, at=2, persistence="3")

    late = save(as_coach, draft, on=0, at=1, persistence="1")

    assert late.status_code == 409
    assert kept(draft) == {"persistence": (3.0, "")}


def test_another_page_is_told_what_stands_and_writes_over_nothing(as_coach, draft):
    save(as_coach, draft, persistence="2", persistence_note="on the phone")

    answer = save(as_coach, draft, page=uuid.uuid4(), at=9, persistence="4")

    assert answer.status_code == 409
    told = answer.json()
    assert told["version"] == 1
    assert told["answers"]["item-persistence"] == "2"
    assert told["answers"]["item-persistence-note"] == "on the phone"
    assert told["answers"]["item-collaboration"] == ""
    assert kept(draft) == {"persistence": (2.0, "on the phone")}


def test_another_page_with_the_same_answers_is_at_one(as_coach, draft):
    save(as_coach, draft, persistence="2")

    assert save(as_coach, draft, page=uuid.uuid4(), persistence="2").status_code == 200


def test_a_value_outside_its_scale_stores_nothing_and_says_what_to_mend(as_coach, draft):
    answer = save(as_coach, draft, persistence="9", collaboration="2")

    assert answer.status_code == 422
    assert answer.json() == {
        "errors": {"persistence": ["Choose one of the answers listed for “Persistence”."]}
    }
    assert kept(draft) == {}


def test_a_review_that_another_tab_submitted_stays_and_is_shown(as_coach, draft, cast):
    draft.submit(by=cast.coach, entries={"persistence": Entry(value=3.0)})

    answer = save(as_coach, draft, persistence="0")

    assert answer.status_code == 409
    assert answer.json()["answers"] == {":submitted": f"/fidelity/reviews/{draft.pk}/"}
    assert kept(draft) == {"persistence": (3.0, "")}


def test_it_is_submitted_between_the_check_and_the_save(as_coach, draft, cast, monkeypatch):
    keep = Review.keep

    def slower(self, entries, **fields):
        Review.objects.get(pk=self.pk).submit(
            by=cast.coach, entries={"persistence": Entry(value=3.0)}
        )
        return keep(self, entries, **fields)

    monkeypatch.setattr(Review, "keep", slower)
    answer = save(as_coach, draft, persistence="0")

    assert answer.json()["answers"] == {":submitted": f"/fidelity/reviews/{draft.pk}/"}
    assert kept(draft) == {"persistence": (3.0, "")}


def test_who_is_signed_out_is_told_in_words_a_script_reads(client, draft):
    assert save(client, draft).status_code == 401


def test_someone_elses_draft_is_not_there(as_supervisor, draft):
    assert save(as_supervisor, draft, persistence="0").status_code == 404
    assert kept(draft) == {}
