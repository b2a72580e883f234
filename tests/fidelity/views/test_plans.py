"""A sampling plan: made, its assignments seen and made, begun, given back, and counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fidelity.models import Review, SamplingPlan
from fidelity.plans import Progress, progress_of
from portal.agencies.models import Position
from tests.clock import today
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def sent(cast, **fields):
    return {
        "version": make.shipped().pk,
        "source": "observation",
        "each": 1,
        "people": [cast.facilitator.pk, cast.peer_partner.pk],
        "reviewers": [cast.supervisor.pk, cast.coach.pk],
        "begins_on": today(),
        "ends_on": today() + timedelta(days=60),
    } | fields


def test_assignments_are_seen_before_they_are_made_and_counted_after(as_coach, as_supervisor, cast):
    wrong = as_coach.post("/fidelity/plans/new/", sent(cast, source="family_survey", people=[]))
    assert set(wrong.context["form"].errors) == {"source", "people"}
    shown = as_coach.post("/fidelity/plans/new/", sent(cast), follow=True)
    plan = SamplingPlan.objects.get()
    assert [each.person for each in shown.context["proposal"]] == ["Amara Okafor", "Benito Reyes"]
    assert not Review.objects.exists()
    url, seen = f"/fidelity/plans/{plan.pk}/assignments/", shown.context["seen"]

    plan.reviewers.remove(cast.supervisor)
    stale = as_coach.post(url, {"seen": seen})
    assert "Something changed meanwhile." in stale.content.decode()
    assert not Review.objects.exists()
    plan.reviewers.add(cast.supervisor)
    done = as_coach.post(url, {"seen": seen}, follow=True)
    as_coach.post(url, {"seen": seen})

    assert "2 reviews are assigned" in done.content.decode()
    assert Review.objects.count() == 2
    mine = Review.objects.get(reviewer=cast.supervisor)
    assert (
        "to be done by" in as_supervisor.get(mine.get_absolute_url(), follow=True).content.decode()
    )
    (row,) = as_supervisor.get("/fidelity/").context["drafts"]
    assert row.day.startswith("due <time ")
    assert b"&lt;time" not in as_supervisor.get("/fidelity/").content
    step = as_supervisor.get(f"/fidelity/people/{mine.subject_id}/").content.decode()
    assert "Your review of them is due by <time " in step

    begin = f"/fidelity/reviews/{mine.pk}/begin/"
    wrong = as_supervisor.post(begin, {"practised_on": today() + timedelta(days=1)})
    assert wrong.status_code == 422
    answers = as_supervisor.post(begin, {"practised_on": today()}, follow=True)
    assert answers.redirect_chain == [(f"/fidelity/reviews/{mine.pk}/answers/", 302)]
    mine.refresh_from_db()
    mine.submit(by=cast.supervisor, entries=make.all_at(2, mine.version))

    assert progress_of([plan])[plan.pk] == Progress(planned=2, attained=1, open=1, overdue=0)
    later = today() + timedelta(days=61)
    assert progress_of([plan], later)[plan.pk] == Progress(2, 1, 1, overdue=1)
    page = as_supervisor.get(plan.get_absolute_url())
    assert [(line.name, line.attained) for line in page.context["lines"]] in (
        [("Amara Okafor", 1), ("Benito Reyes", 0)],
        [("Amara Okafor", 0), ("Benito Reyes", 1)],
    )


def test_whoever_is_involved_gives_it_back(as_coach, as_supervisor, cast):
    plan = make.plan(cast, people=[cast.facilitator], each=1)
    review = plan.assign(plan.proposal(), by=cast.coach)[0]
    mine, others = as_coach, as_supervisor
    if review.reviewer == cast.supervisor:
        mine, others = others, mine

    answer = mine.post(f"/fidelity/reviews/{review.pk}/recusal/", follow=True)

    assert "Somebody else has it now." in answer.content.decode()
    assert mine.get(f"/fidelity/reviews/{review.pk}/begin/").status_code == 404
    again = Review.objects.get()
    assert others.get(f"/fidelity/reviews/{again.pk}/begin/").status_code == 200


def test_a_recording_begins_with_consent(as_coach, cast):
    review = make.assigned(cast, source="recording")
    url = f"/fidelity/reviews/{review.pk}/begin/"

    refused = as_coach.post(url, {"practised_on": today()})

    assert refused.status_code == 422
    assert "no consent of Amara Okafor on record" in refused.content.decode()


def test_a_coach_plans_for_their_own_people_and_an_admin_for_everybody(as_coach, as_admin, cast):
    def offered(client):
        form = client.get("/fidelity/plans/new/").context["form"]
        assert form["begins_on"].value() == today()
        return {person.pk for person in form.fields["people"].queryset}

    assert offered(as_coach) == {cast.facilitator.pk, cast.peer_partner.pk}
    assert cast.newcomer.pk in offered(as_admin)
    assert cast.riverbend.facilitator.pk not in offered(as_admin)


def test_changed_and_ended_by_its_maker(as_coach, cast):
    plan = make.plan(cast)
    url = f"/fidelity/plans/{plan.pk}/"
    as_coach.post(url + "edit/", sent(cast, each=3))
    plan.assign(plan.proposal(), by=cast.coach)
    plan.refresh_from_db()
    assert plan.each == 3

    as_coach.post(url + "remove/")

    assert not Review.objects.exists()
    assert as_coach.get(url + "edit/").status_code == 403
    assert "ended" in as_coach.get(url).content.decode()


def test_who_left_is_not_counted(cast):
    plan = make.plan(cast)
    plan.assign(plan.proposal(), by=cast.coach)
    Position.objects.filter(person=cast.peer_partner).update(until=timezone.now())

    assert progress_of([plan], plan.begins_on)[plan.pk] == Progress(2, 0, 2, 0)


def test_more_plans_and_people_are_no_more_queries(as_coach, cast):
    plan = make.plan(cast, people=[cast.facilitator], each=1)
    plan.assign(plan.proposal(), by=cast.coach)
    urls = ["/fidelity/plans/", plan.get_absolute_url(), f"{plan.get_absolute_url()}assignments/"]
    asked = []
    for url in urls:
        as_coach.get(url)
        with CaptureQueriesContext(connection) as captured:
            as_coach.get(url)
        asked.append(len(captured))
    assert max(asked) <= 15

    plan.people.add(cast.peer_partner, cast.newcomer)
    plan.assign(plan.proposal()[:2], by=cast.coach)
    other = make.plan(cast)
    other.assign(other.proposal(), by=cast.coach)
    plan.people.add(cast.supervisor)
    for url, n in zip(urls, asked, strict=True):
        with CaptureQueriesContext(connection) as captured:
            as_coach.get(url)
        assert len(captured) <= n + 1  # of the proposal: one for the names
