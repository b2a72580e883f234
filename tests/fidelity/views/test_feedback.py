"""Reading feedback and answering it."""

import pytest

from fidelity.models import Feedback
from portal.notices.models import Notice
from tests.fidelity import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback(cast):
    return make.feedback(cast.coach, cast.facilitator, "You waited for the answer.")


def test_reading_it_is_noted_for_the_author(as_facilitator, as_coach, feedback):
    before = as_coach.get(feedback.get_absolute_url()).content.decode()
    read = as_facilitator.get(feedback.get_absolute_url()).content.decode()
    after = as_coach.get(feedback.get_absolute_url()).content.decode()

    assert "not read yet" in before and "not read yet" not in after
    assert "You waited for the answer." in read
    assert Feedback.objects.get().read_at is not None


def test_new_feedback_is_first_on_the_list(as_facilitator, feedback):
    assert "From Dae Kim" in as_facilitator.get("/fidelity/").content.decode()


def test_the_person_answers_and_the_coach_reads_it(as_facilitator, as_coach, feedback):
    response = as_facilitator.post(
        f"/fidelity/feedback/{feedback.pk}/reply/", {"text": "I will try that on Friday."}
    )

    assert response.url == feedback.get_absolute_url()
    assert "I will try that on Friday." in as_coach.get(response.url).content.decode()


def test_an_empty_reply_is_not_sent(as_facilitator, feedback):
    response = as_facilitator.post(f"/fidelity/feedback/{feedback.pk}/reply/", {"text": ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {"text": ["Write your reply."]}
    assert feedback.replies.count() == 0


def test_what_is_written_is_shown_as_text(as_coach, cast):
    feedback = make.feedback(cast.coach, cast.facilitator, "<script>alert(1)</script>")

    page = as_coach.get(feedback.get_absolute_url()).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_the_supervisor_sees_the_scores_and_not_the_words(as_supervisor, feedback):
    page = as_supervisor.get(feedback.review.get_absolute_url()).content.decode()

    assert "75%" in page
    assert feedback.text not in page and "Read the feedback" not in page


def test_what_either_of_the_two_was_told_is_read_once_they_opened_it(
    as_facilitator, as_coach, cast, feedback
):
    told = Notice.objects.get(recipient=cast.facilitator)

    as_coach.get(feedback.get_absolute_url())
    assert list(Notice.objects.unread()) == [told]
    as_facilitator.get(feedback.get_absolute_url())
    assert not Notice.objects.unread().exists()

    # It still leads there, and no mail of it goes.
    notice = as_facilitator.get(f"/notices/{told.pk}/").content.decode()
    assert f'href="{feedback.get_absolute_url()}"' in notice
    feedback.reply(by=cast.facilitator, text="I will try that.")
    assert Notice.objects.unread().get().recipient == cast.coach
    as_coach.get(feedback.get_absolute_url())
    assert not Notice.objects.unread().exists()
