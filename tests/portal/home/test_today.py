"""Today shows each person what is next."""

from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from fidelity.models import FocusGoal
from portal.home.day import day_of, greeting
from tests.communities import make as communities
from tests.communities import make_exchange as exchange
from tests.communities import make_meetings as meetings
from tests.fidelity import make as fidelity
from tests.reflections import make as reflections


def titles(day) -> list[str]:
    return [waiting.title for waiting in day.waiting]


def test_a_quiet_day_says_so_and_offers_a_first_step(as_facilitator):
    page = as_facilitator.get("/").content.decode()

    assert "No session is planned for you" in page
    assert reverse("reflections:reflections.new") in page


def test_a_facilitator_finds_the_next_session_the_draft_the_promise_and_the_feedback(cast):
    community = communities.circle(cast)
    series = communities.series(community)
    reflections.draft(cast.facilitator)
    promise = communities.commitment(cast.facilitator, due_on=timezone.localdate())
    fidelity.feedback(cast.supervisor, cast.facilitator)

    day = day_of(cast.facilitator)

    assert [(coming.pk, coming.starts_at) for coming in day.sessions] == list(
        series.sessions.upcoming().values_list("pk", "starts_at")[:3]
    )
    assert [(c.title, c.url) for c in day.commitments] == [
        (promise.text, promise.get_absolute_url())
    ]
    assert titles(day) == ["Finish what you began to write", "Carol wrote you feedback"]


def test_two_feedbacks_of_one_author_are_told_apart_by_their_days(cast):
    for day in (2, 9):
        fidelity.feedback(cast.supervisor, cast.facilitator, practised_on=date(2024, 3, day))

    metas = [strip_tags(waiting.meta) for waiting in day_of(cast.facilitator).waiting]

    assert sorted(metas) == [
        "On your practice of Sat, Mar 2, 2024. You read it first.",
        "On your practice of Sat, Mar 9, 2024. You read it first.",
    ]


def test_a_session_that_is_on_leads_into_its_meeting(cast, as_facilitator):
    session = meetings.meeting(communities.circle(cast))

    first, *later = day_of(cast.facilitator).sessions

    assert (first.on, first.url) == (True, f"/communities/sessions/{session.pk}/meeting/")
    assert not any(coming.on for coming in later)
    assert "On now" in as_facilitator.get("/").content.decode()


def test_who_is_celebrated_finds_it_until_they_said_who_sees_it(cast):
    community = communities.circle(cast)
    said = exchange.celebration(community, cast.facilitator, cast.coach)

    assert [(w.title, w.url) for w in day_of(cast.facilitator).waiting] == [
        (f"Someone in {community.name} celebrates you", said.get_absolute_url())
    ]
    said.agree(by=cast.facilitator, community=None)
    assert titles(day_of(cast.facilitator)) == []


def test_a_supervisor_finds_what_waits_for_an_answer_and_the_open_review(cast):
    reflections.shared_with_supervisor(cast)
    fidelity.draft(cast.supervisor, cast.facilitator)

    assert titles(day_of(cast.supervisor)) == [
        "1 reflection waits for your answer",
        "Finish your review of Amara Okafor",
    ]


def test_who_is_to_agree_to_a_goal_finds_it_before_those_that_come_back(cast):
    today = timezone.localdate()
    proposed, back = (
        FocusGoal.objects.propose(
            fidelity.feedback(cast.coach, person),
            by=person,
            text="Wait",
            actions=["Count to five"],
            due_on=due_on,
            reviewer=cast.coach,
        )
        for person, due_on in (
            (cast.facilitator, today + timedelta(days=30)),
            (cast.peer_partner, today),
        )
    )
    back.agree(by=cast.coach)

    waits = "Amara Okafor proposed a goal"
    assert titles(day_of(cast.coach)) == [waits, "Look at the goal of Benito Reyes together"]
    assert titles(day_of(cast.facilitator)) == ["Dae wrote you feedback"]
    proposed.agree(by=cast.coach)
    assert titles(day_of(cast.coach)) == ["Look at the goal of Benito Reyes together"]


def test_an_admin_of_an_empty_agency_finds_the_first_steps(cast):
    day = day_of(cast.admin)

    assert [step.title for step in day.first_steps] == [
        "Invite your people",
        "Set up a first community",
    ]


def test_nobody_finds_what_waits_for_someone_else(cast):
    communities.series(communities.circle(cast))
    reflections.shared_with_supervisor(cast)
    reflections.draft(cast.facilitator)
    communities.commitment(cast.facilitator, due_on=timezone.localdate())

    for stranger in (*cast.riverbend.people(), cast.leaver):
        assert day_of(stranger).is_quiet


def test_the_page_asks_the_same_number_of_questions_however_much_waits(
    cast, as_person, django_assert_num_queries, django_assert_max_num_queries
):
    community = communities.circle(cast)
    communities.series(community)
    client = as_person(cast.facilitator)

    def fill() -> None:
        reflections.draft(cast.facilitator)
        due = timezone.localdate() - timedelta(days=1)
        communities.commitment(cast.facilitator, due_on=due)

    fill()
    with django_assert_max_num_queries(15) as few:
        client.get("/")
    for _ in range(10):
        fill()
    with django_assert_num_queries(len(few)):
        client.get("/")


def test_the_day_begins_with_a_great_letter_in_spanish_too(cast):
    with override("es"):
        assert day_of(cast.facilitator, datetime(2026, 11, 28, 17, tzinfo=UTC)).today == (
            "Sábado 28 de noviembre"
        )


def test_the_greeting_follows_the_readers_clock(cast):
    assert [greeting(hour, cast.facilitator) for hour in (3, 4, 12, 18)] == [
        "Good evening, Amara",
        "Good morning, Amara",
        "Good afternoon, Amara",
        "Good evening, Amara",
    ]
