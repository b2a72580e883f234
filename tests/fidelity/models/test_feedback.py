"""Feedback: released once, read privately, answered."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from fidelity.models import Feedback, NotSubmitted
from fidelity.notices import FeedbackReleased, FeedbackReplied
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.notices.sending import deliver_due
from tests.fidelity import make

pytestmark = pytest.mark.django_db
WORDS = "You asked what mattered to them, and waited."


@pytest.fixture
def feedback(cast):
    return make.feedback(cast.coach, cast.facilitator, WORDS)


def told(kind):
    return [notice.recipient for notice in Notice.objects.filter(kind=kind)]


def test_releasing_shows_it_and_tells_the_person_once(cast, feedback):
    again = Feedback.objects.release(feedback.review, by=cast.supervisor, text="Other words.")

    assert (again, again.text, again.author) == (feedback, WORDS, cast.coach)
    assert feedback.review.is_released
    assert told("feedback.released") == [cast.facilitator]
    assert Entry.objects.filter(kind="review.released").count() == 1


def test_a_draft_a_self_check_and_a_coding_are_not_released(cast):
    for review in (
        make.draft(cast.coach, cast.facilitator),
        make.review(cast.facilitator, cast.facilitator),
        make.coding(cast),
    ):
        with pytest.raises(NotSubmitted):
            Feedback.objects.release(review, by=cast.coach, text=WORDS)


def test_only_its_author_and_its_reader_see_it(cast, feedback):
    for person in (cast.coach, cast.facilitator):
        assert list(Feedback.objects.visible_to(person)) == [feedback]
    for person in (cast.supervisor, cast.admin, cast.peer_partner, cast.riverbend.admin):
        assert list(Feedback.objects.visible_to(person)) == []


def test_the_first_opening_by_its_reader_is_noted(cast, feedback):
    feedback.read(by=cast.coach)
    assert feedback.read_at is None

    feedback.read(by=cast.facilitator, at=make.AT)
    feedback.read(by=cast.facilitator)

    assert Feedback.objects.get().read_at == make.AT
    assert Entry.objects.filter(kind="feedback.read").count() == 1


def test_a_reply_tells_the_other_of_the_two(cast, feedback):
    feedback.reply(by=cast.facilitator, text="Thank you.")
    feedback.reply(by=cast.coach, text="Let us talk on Friday.")

    assert [reply.author for reply in feedback.replies.all()] == [cast.facilitator, cast.coach]
    assert told("feedback.replied") == [cast.coach, cast.facilitator]


def test_what_was_read_is_not_mailed_any_more(cast, feedback):
    told = FeedbackReleased.unread_by(cast.facilitator.pk)
    assert told.count() == 1

    feedback.read(by=cast.coach)
    assert told.count() == 1
    feedback.read(by=cast.facilitator)
    assert not told.exists()
    assert deliver_due(timezone.now() + timedelta(days=1)) == {"suppressed": 1}


def test_a_notice_to_someone_who_left_does_not_hold(cast, feedback):
    reply = feedback.reply(by=cast.coach, text="One more thing.")
    notices = {notice.kind: notice for notice in Notice.objects.all()}
    cast.facilitator.positions.update(until=make.AT)

    assert not FeedbackReleased.still_holds(notices["feedback.released"], feedback)
    assert not FeedbackReplied.still_holds(notices["feedback.replied"], reply)


@pytest.mark.parametrize("ending", ["subject.txt", "txt", "html"])
def test_messages_name_the_author_and_keep_the_words_out(cast, feedback, ending):
    reply = feedback.reply(by=cast.coach, text=WORDS)
    for notice, subject in zip(Notice.objects.order_by("pk"), (feedback, reply), strict=True):
        kind = {FeedbackReleased.kind: FeedbackReleased, FeedbackReplied.kind: FeedbackReplied}[
            notice.kind
        ]
        message = render_to_string(f"{kind.template}.{ending}", kind.context(notice, subject))

        assert WORDS not in message
        assert "Family" not in message
        if ending == "subject.txt":
            assert message.strip() == str(kind.title)
        else:
            assert "Hello Amara," in message and "Dae Kim" in message
