"""The tally pad on its page: with script in batches, without as buttons that post."""

import json
import re
from uuid import uuid4

import pytest

from fidelity.models import Clock, Tally
from tests.fidelity import make

pytestmark = pytest.mark.django_db
AS_A_SCRIPT = {"accept": "application/json"}


@pytest.fixture
def draft(cast):
    return make.tallied_draft(cast.coach, cast.facilitator)


def pad(review, part=""):
    return f"/fidelity/reviews/{review.pk}/tallies/{part}"


def press(item="questions", **changes):
    return {"key": str(uuid4()), "item": item, "ago": 0.5, "second": 3.2} | changes


def send(client, review, *presses, undone=(), clock=(3.5, True)):
    ran, runs = clock
    batch = {"presses": presses, "undone": undone, "clock": {"ran": ran, "runs": runs}}
    sent = {"batch": json.dumps(batch)}
    return client.post(pad(review, "new/"), sent, headers=AS_A_SCRIPT)


def test_a_batch_is_counted_once_and_answered_with_what_stands(as_coach, draft):
    presses = [press(), press("simple-reflections"), press("complex-reflections")]
    answers = [send(as_coach, draft, *presses) for _ in range(2)]

    for answer in answers:
        told = answer.json()
        assert {key: n for key, n in told["counts"].items() if n} == {
            "questions": 1,
            "simple-reflections": 1,
            "complex-reflections": 1,
        }
        assert "50%" in told["scores"]
        assert "2.0\u00a0:\u00a01" in told["scores"]
    undone = send(as_coach, draft, undone=[presses[0]["key"]], clock=(60, False)).json()
    assert undone["counts"]["questions"] == 0
    assert "there is nothing to divide by" in undone["scores"]
    clock = Clock.objects.get()
    assert (clock.ran, clock.runs) == (60, False)


@pytest.mark.parametrize(
    "batch",
    [
        "",
        "[]",
        "{",
        "[" * 20_000,
        '{"presses": [{"key": "x"}], "undone": [], "clock": null}',
        '{"presses": 3, "undone": [], "clock": null}',
        '{"presses": [], "undone": [], "clock": {"ran": NaN, "runs": true}}',
        '{"presses": [], "undone": [7], "clock": null}',
    ],
)
def test_a_batch_that_cannot_be_read_is_refused_whole(as_coach, draft, batch):
    answer = as_coach.post(pad(draft, "new/"), {"batch": batch}, headers=AS_A_SCRIPT)

    assert (answer.status_code, list(answer.json())) == (422, ["errors"])
    assert not Tally.objects.exists()


def test_times_that_cannot_be_are_cut_to_what_can(as_coach, draft):
    send(as_coach, draft, press(ago=-5, second=1e12), clock=(-1, False))

    assert Tally.objects.get().second == 4 * 3600
    assert Clock.objects.get().ran == 0


def test_a_press_of_what_is_no_count_refuses_its_batch(as_coach, draft):
    assert send(as_coach, draft, press(), press("persistence")).status_code == 422
    assert not Tally.objects.exists()


def test_a_review_that_was_submitted_elsewhere_takes_none_and_says_so(as_coach, draft, cast):
    draft.submit(by=cast.coach)

    answer = send(as_coach, draft, press())

    assert answer.status_code == 409
    assert answer.json()["answers"] == {":submitted": f"/fidelity/reviews/{draft.pk}/"}
    assert as_coach.get(pad(draft)).status_code == 403


def test_without_script_a_button_posts_and_its_page_counts_once(as_coach, draft):
    html = as_coach.get(pad(draft)).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', html)[1]
    for _ in range(2):  # the same page sent twice
        answer = as_coach.post(pad(draft, "new/"), {"key": key, "item": "questions"})
        assert answer.url == pad(draft)

    assert Tally.objects.get().item.key == "questions"
    assert Clock.objects.get().runs  # the first press starts it
    as_coach.post(f"/fidelity/reviews/{draft.pk}/clock/", {"runs": "0"})
    assert not Clock.objects.get().runs
    as_coach.post(pad(draft, "remove/"))
    assert Tally.objects.filter(undone_at=None).count() == 0


def test_the_form_shows_what_was_tallied_and_keeps_it(as_coach, draft):
    send(as_coach, draft, press(), press())
    url = f"/fidelity/reviews/{draft.pk}/answers/"

    form = as_coach.get(url).context["form"]
    assert (form["questions"].value(), form.fields["questions"].disabled) == (2, True)
    assert "questions-unseen" not in form.fields
    assert form["persuade"].value() == "0"
    sent = {"item-persuade": "1", "item-questions": "9", "version": 0, "submit": "1"}
    as_coach.post(url, sent)

    kept = dict(draft.answers.values_list("item__key", "value"))
    assert (kept["questions"], kept["persuade"], kept["affirm"]) == (2, 1, 0)
    assert (
        "Length of the segment" in as_coach.get(f"/fidelity/reviews/{draft.pk}/").content.decode()
    )


def test_an_instrument_without_counts_has_no_pad(as_coach, cast):
    assert as_coach.get(pad(make.draft(cast.coach, cast.facilitator))).status_code == 404


def test_the_pad_takes_few_queries_however_much_was_tallied(
    as_coach, draft, django_assert_max_num_queries
):
    counted = set()
    for n in (1, 20):
        send(as_coach, draft, *[press() for _ in range(n)])
        with django_assert_max_num_queries(15) as page:
            as_coach.get(pad(draft))
        with django_assert_max_num_queries(20) as batch:
            send(as_coach, draft, press())
        counted.add((len(page), len(batch)))
    assert len(counted) == 1
