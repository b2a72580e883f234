"""One goal after feedback: read first, proposed, agreed, seen at the next review, looked at."""

from datetime import timedelta

import pytest

from fidelity.models import FocusGoal
from tests.clock import today
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def sent(cast, **fields):
    return {
        "text": "Ask before I offer",
        "actions": "- Two open questions first\n\n- Count my offers\n",
        "due_on": today() + timedelta(days=30),
        "reviewer": cast.supervisor.pk,
    } | fields


@pytest.fixture
def feedback(cast):
    return make.feedback(cast.coach, cast.facilitator)


def test_the_two_agree_on_one_goal_and_the_next_reviewer_sees_it(
    as_coach, as_facilitator, as_supervisor, cast, feedback
):
    url = f"/fidelity/feedback/{feedback.pk}/goal/"
    early = as_coach.get(url, follow=True)
    assert "reads your words first, and alone" in early.content.decode()
    assert b"Propose a goal" in as_facilitator.get(feedback.get_absolute_url()).content

    wrong = as_facilitator.post(url, sent(cast, actions="\n".join("abcdef")))
    assert wrong.status_code == 422
    assert "Write one to five actions" in wrong.content.decode()
    as_facilitator.post(url, sent(cast))
    goal = FocusGoal.objects.get()
    assert goal.actions == ["Two open questions first", "Count my offers"]
    draft = make.draft(cast.supervisor, cast.facilitator)
    form = draft.get_absolute_url()
    assert b"Ask before I offer" not in as_supervisor.get(form).content
    assert b"A goal is proposed" in as_coach.get(feedback.get_absolute_url()).content

    as_coach.post(f"/fidelity/goals/{goal.pk}/agreement/")

    assert b"Two open questions first" in as_supervisor.get(form).content
    draft.submit(by=cast.supervisor, at=make.AT)
    release = as_supervisor.get(f"/fidelity/reviews/{draft.pk}/release/")
    assert b"Two open questions first" in release.content
    assert b"Two open questions first" in as_facilitator.get(feedback.get_absolute_url()).content
    again = as_facilitator.get(url, follow=True)
    assert again.redirect_chain == [(goal.get_absolute_url(), 302)]

    outcome = f"/fidelity/goals/{goal.pk}/outcome/"
    wrong = as_supervisor.post(outcome, {"kind": "carried_on", "words": "Nearly"})
    assert "Choose a day in the future." in wrong.content.decode()
    as_supervisor.post(outcome, {"kind": "met", "words": "Twice in one visit"})
    page = as_facilitator.get(goal.get_absolute_url()).content.decode()
    assert "met: Twice in one visit" in page
    assert as_supervisor.get(outcome).status_code == 403


def test_what_was_changed_meanwhile_is_not_agreed_to(as_facilitator, cast, feedback):
    goal = make.goal(cast, agreed=False, feedback=feedback)
    seen = as_facilitator.get(f"/fidelity/goals/{goal.pk}/agreement/").context["seen"]
    goal.change(by=cast.coach, text="Something else")

    answer = as_facilitator.post(
        f"/fidelity/goals/{goal.pk}/agreement/", {"seen": seen}, follow=True
    )

    assert "This was changed meanwhile. Read it again." in answer.content.decode()
    assert not FocusGoal.objects.get().is_agreed


def test_a_change_waits_for_the_other_and_is_taken_back(as_coach, as_facilitator, cast, feedback):
    goal = make.goal(cast, feedback=feedback)
    as_facilitator.post(f"/fidelity/goals/{goal.pk}/edit/", sent(cast, text="Ask, and wait"))
    page = as_coach.get(goal.get_absolute_url()).content.decode()
    assert "Ask, and wait" in page
    assert "Agree to this goal" in page

    as_facilitator.post(f"/fidelity/goals/{goal.pk}/remove/")

    assert not FocusGoal.objects.exists()


def test_a_persons_page_has_the_goal_and_one_next_step(as_facilitator, as_coach, cast, feedback):
    url = f"/fidelity/people/{cast.facilitator.pk}/"

    def step(client):
        return client.get(url).context["step"]

    assert step(as_facilitator).label == "Read it"
    feedback.read(by=cast.facilitator)
    assert step(as_facilitator).label == "Propose a goal"
    assert "in the last 6 months" in step(as_coach).words
    day = today() + timedelta(days=9)
    goal = make.goal(cast, agreed=False, feedback=feedback, due_on=day)
    assert step(as_facilitator).label == "Read the proposal"
    assert step(as_coach).label == "See the proposal"
    goal.agree(by=cast.facilitator)
    assert b"The goal comes back on <time " in as_facilitator.get(url).content
    FocusGoal.objects.update(due_on=today())
    assert step(as_facilitator).label == step(as_coach).label == "Say what became of it"
    assert b"Two open questions first" in as_coach.get(url).content
    draft = make.draft(cast.coach, cast.facilitator)
    assert step(as_coach).label == "Go on with it"
    draft.submit(by=cast.coach, at=make.AT)
    assert step(as_coach).label == "Release it"


def test_a_persons_page_asks_few_queries(
    as_coach, as_facilitator, cast, django_assert_max_num_queries
):
    make.goal(cast)
    for client in (as_coach, as_facilitator):
        with django_assert_max_num_queries(15):
            client.get(f"/fidelity/people/{cast.facilitator.pk}/")
