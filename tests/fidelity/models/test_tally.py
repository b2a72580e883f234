"""The tally pad's rows: none lost, none doubled, and what they say in the review."""

from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fidelity.models import AlreadySubmitted, Clock, Entry, Press, Reading, Tally
from fidelity.models.tally import LONGEST
from fidelity.pad import scores_so_far
from fidelity.scoring import State
from tests.fidelity import make

pytestmark = pytest.mark.django_db
ITEMS = ["simple-reflections", "complex-reflections", "questions"]


@pytest.fixture
def draft(cast):
    return make.tallied_draft(cast.coach, cast.facilitator)


def press(item, **fields):
    return Press(uuid4(), item, **fields)


def answers_of(review):
    return dict(review.answers.values_list("item__key", "value"))


def test_what_is_pressed_is_counted_and_the_rest_did_not_occur(draft):
    Tally.objects.take(draft, [press(ITEMS[0]), press(ITEMS[0]), press(ITEMS[2])])

    assert answers_of(draft) == {
        "information": 0,
        "persuade": 0,
        "persuade-with-permission": 0,
        "questions": 1,
        "simple-reflections": 2,
        "complex-reflections": 0,
        "affirm": 0,
        "seeking-collaboration": 0,
        "emphasizing-autonomy": 0,
        "confront": 0,
    }


def test_a_press_keeps_when_it_was_and_where_in_the_segment(draft):
    Tally.objects.take(draft, [press(ITEMS[0], ago=90, second=61.5)], at=make.AT)

    kept = Tally.objects.get()
    assert (kept.pressed_at, kept.second) == (make.AT - timedelta(seconds=90), 61.5)


@given(
    pressed=st.lists(st.tuples(st.sampled_from(ITEMS), st.booleans()), max_size=8),
    sent=st.lists(st.sets(st.integers(0, 7)), max_size=5),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_batches_that_come_twice_or_in_any_mixture_count_each_press_once(draft, pressed, sent):
    """Each press, some of them undone later, goes out in several batches that overlap; at last one
    with all of them arrives."""
    draft.tallies.all().delete()
    draft.answers.all().delete()
    presses = [Press(UUID(int=n + 1), item) for n, (item, _undone) in enumerate(pressed)]
    undone = {press.key for press, (_i, was) in zip(presses, pressed, strict=True) if was}
    everything = set(range(len(presses)))
    for batch in [*sent, everything, everything]:
        part = [presses[n] for n in sorted(batch & everything)]
        Tally.objects.take(draft, part, undone=undone & {press.key for press in part})

    expected = Counter(item for item, was_undone in pressed if not was_undone)
    assert {key: n for key, n in answers_of(draft).items() if n} == dict(expected)
    assert draft.tallies.count() == len(presses)


def test_the_latest_press_that_stands_is_undone_and_so_on_back(draft):
    Tally.objects.take(draft, [press(ITEMS[0]), press(ITEMS[1])])

    for _ in range(3):  # once more than there is anything to undo
        Tally.objects.undo_last(draft)

    assert Tally.objects.filter(undone_at=None).count() == 0
    assert answers_of(draft)["simple-reflections"] == 0


def test_evidence_and_what_was_said_by_hand_stay(draft):
    draft.keep(
        {
            "persuade": Entry(State.NOT_APPLICABLE, note="none was asked for"),
            "simple-reflections": Entry(value=9.0, note="many"),
        }
    )
    Tally.objects.take(draft, [press(ITEMS[0])])

    kept = draft.answers.values_list("item__key", "state", "value", "note")
    assert ("persuade", "not_applicable", None, "none was asked for") in kept
    assert ("simple-reflections", "observed", 1.0, "many") in kept


def test_a_form_says_nothing_against_the_pad(draft):
    Tally.objects.take(draft, [press(ITEMS[0])])
    draft.keep({ITEMS[0]: Entry.missing("said back"), ITEMS[1]: Entry.missing()})

    kept = draft.answers.filter(item__key__in=ITEMS[:2]).order_by("item__place")
    assert list(kept.values_list("value", "note")) == [(1.0, "said back"), (0.0, "")]


def test_the_measures_so_far_are_those_that_submitting_computes(draft, cast):
    Tally.objects.take(draft, [press(ITEMS[0]), press(ITEMS[1])])

    so_far = [(score.measure.key, score.value, score.reason) for score in scores_so_far(draft)]
    assert so_far == [
        ("technical", None, "item_without_value"),  # the globals are not given yet
        ("relational", None, "item_without_value"),
        ("percent-complex-reflections", 50.0, ""),
        ("reflection-to-question-ratio", None, "zero_denominator"),
        ("mi-adherent", 0.0, ""),
        ("mi-non-adherent", 0.0, ""),
    ]
    draft.submit(by=cast.coach)
    kept = draft.scores.order_by("measure__place")
    assert list(kept.values_list("measure__key", "value", "reason")) == so_far


def test_a_submitted_review_takes_no_tallies_and_keeps_what_it_has(draft, cast):
    Tally.objects.take(draft, [press(ITEMS[0])])
    draft.submit(by=cast.coach)

    with pytest.raises(AlreadySubmitted):
        Tally.objects.take(draft, [press(ITEMS[0])])
    with pytest.raises(AlreadySubmitted):
        Tally.objects.undo_last(draft)
    with pytest.raises(AlreadySubmitted):
        Clock.objects.turn(draft, runs=True)
    assert answers_of(draft)["simple-reflections"] == 1


def test_what_is_no_count_stores_nothing(draft):
    with pytest.raises(ValueError, match="no counts"):
        Tally.objects.take(draft, [press(ITEMS[0]), press("persistence")])
    assert not Tally.objects.exists()
    assert not draft.answers.exists()


def test_the_clock_keeps_the_time_in_the_segment(draft):
    def later(**span):
        return make.AT + timedelta(**span)

    Clock.objects.turn(draft, runs=True, at=make.AT)
    Clock.objects.turn(draft, runs=True, at=later(seconds=20))  # it runs already
    Clock.objects.turn(draft, runs=False, at=later(minutes=1))
    assert Clock.objects.get().elapsed(later(hours=1)) == 60

    Clock.objects.put(draft, Reading(75.5, runs=True), at=later(hours=1))
    assert Clock.objects.get().elapsed(later(hours=1, seconds=10)) == 85.5
    assert Clock.objects.get().elapsed(later(days=3)) == LONGEST


def test_the_database_holds_a_key_once_and_no_time_before_the_beginning(draft):
    item = draft.version.items.first()
    row = {"review": draft, "item": item, "pressed_at": make.AT}
    first = Tally.objects.create(**row, key=uuid4(), second=0)
    for wrong, words in (
        (Tally(**row, key=first.key), "counted already"),
        (Tally(**row, key=uuid4(), second=-1), "A segment begins at 0"),
        (Clock(review=draft, ran=-1), "A clock begins at 0"),
    ):
        with pytest.raises(ValidationError, match=words):
            wrong.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
