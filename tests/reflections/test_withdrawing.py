"""Taking an entry back takes it out of every place where a reader came upon it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from communities.models import Membership
from portal.agencies.models import Supervision
from portal.notices.models import Delivery
from portal.notices.sending import deliver_due
from reflections.models import Question, Reflection
from tests.communities import make as communities
from tests.reflections import make

# Where something that was shared shows to a reader besides the entry's own page.
PLACES = ["home:today.index", "reflections:responses.index", "notices:notices.index"]


@pytest.fixture
def entry(cast):
    """Open to the supervisor alone and to a community, with a question and an answer replied to."""
    entry = make.shared_with_circle(cast)
    entry.share_with(cast.supervisor, by=cast.facilitator)
    Question.objects.ask(entry, "What would you have tried?", by=cast.facilitator)
    entry.respond(by=cast.supervisor, text="And then?")
    entry.respond(by=cast.facilitator, text="She spoke.", reader=cast.supervisor)
    return entry


def withdraw(entry):
    for share in list(entry.shares.all()):
        entry.withdraw_from(share.reader, by=entry.author)


def tomorrow():
    """At an hour that is quiet in none of the cast's zones."""
    return timezone.now().replace(hour=18, minute=0) + timedelta(days=1)


def test_mail_that_has_not_gone_out_stays_here(entry, cast):
    waiting = Delivery.objects.filter(notice__recipient=cast.supervisor, state="planned")
    assert waiting.count() == 2  # that it is shared, and that the author replied

    withdraw(entry)
    deliver_due(tomorrow())

    assert {message.to[0] for message in mail.outbox} <= {cast.facilitator.email}
    assert not waiting.exists()


def test_mail_to_someone_whose_supervision_ended_stays_here_too(entry, cast):
    Supervision.objects.filter(supervisor=cast.supervisor).update(until=timezone.now())

    deliver_due(tomorrow())

    assert {message.to[0] for message in mail.outbox} <= {cast.facilitator.email}


def test_a_reply_to_someone_of_a_community_is_taken_back_with_it(cast):
    entry = make.shared_with_circle(cast)
    entry.respond(by=cast.coach, text="And then?")
    entry.respond(by=cast.facilitator, text="She spoke.", reader=cast.coach)
    planned = Delivery.objects.filter(notice__recipient=cast.coach, state="planned")
    of_reflections = planned.filter(notice__kind__startswith="reflection.")
    assert of_reflections.count() == 1

    withdraw(entry)

    assert not of_reflections.exists()


def test_who_reads_it_otherwise_still_hears_of_a_reply(entry, cast):
    communities.membership(cast.supervisor, entry.shares.get(person=None).community)
    replied = Delivery.objects.filter(
        notice__kind="reflection.answered", notice__recipient=cast.supervisor, state="planned"
    )

    entry.withdraw_from(cast.supervisor, by=cast.facilitator)

    assert replied.count() == 1


@pytest.mark.parametrize("place", PLACES)
def test_it_is_in_no_list_of_its_readers(as_supervisor, entry, cast, place):
    # The reader's own lists name the author of what waits or was told.
    there = as_supervisor.get(reverse(place)).content.decode()
    assert cast.facilitator.name in there or "waits for your answer" in there

    withdraw(entry)

    gone = as_supervisor.get(reverse(place)).content.decode()
    assert cast.facilitator.name not in gone
    assert "waits for your answer" not in gone


def test_it_is_in_no_feed_and_closed_to_all_who_read_it(as_coach, as_supervisor, entry):
    community = entry.shares.get(person=None).community
    feed = reverse("reflections:communities.show", args=[community.pk])
    assert list(as_coach.get(feed).context["entries"]) == [entry]

    withdraw(entry)

    assert list(as_coach.get(feed).context["entries"]) == []
    for client in (as_coach, as_supervisor):
        assert client.get(entry.get_absolute_url()).status_code == 404
        new = reverse("reflections:responses.new", args=[entry.key])
        assert client.post(new, {"text": "Still here?"}).status_code == 404


def test_the_author_still_sees_who_had_opened_it_and_their_answers(as_facilitator, entry, cast):
    entry.open_by(cast.supervisor)

    withdraw(entry)

    page = as_facilitator.get(entry.get_absolute_url()).content.decode()
    assert "Opened 1 time" in page
    assert "And then?" in page
    assert "Carol Lindqvist can't read this reflection any more." in page
    assert "Only you can read this." in page


@pytest.mark.parametrize("ends", ["membership", "supervision"])
def test_what_ends_by_itself_closes_as_taking_back_does(as_coach, as_supervisor, entry, cast, ends):
    if ends == "membership":
        Membership.objects.filter(person=cast.facilitator).update(until=timezone.now())
        assert as_coach.get(entry.get_absolute_url()).status_code == 404
    else:
        Supervision.objects.filter(supervisor=cast.supervisor).update(until=timezone.now())
        assert as_supervisor.get(entry.get_absolute_url()).status_code == 404
    assert Reflection.objects.by(cast.facilitator).filter(pk=entry.pk).exists()
