"""What a community's members share with it."""

from django.urls import reverse

from communities.models import Community
from tests.communities import make as communities
from tests.reflections import make


def feed(community):
    return reverse("reflections:communities.show", args=[community.pk])


def test_a_member_sees_who_shared_and_no_word_before_opening(as_coach, cast):
    entry = make.shared_with_circle(cast)

    answer = as_coach.get(feed(Community.objects.get()))

    assert list(answer.context["entries"]) == [entry]
    assert cast.facilitator.name in answer.content.decode()
    assert make.SECRET not in answer.content.decode()
    assert not entry.openings.exists()


def test_the_agencys_admin_is_no_member(as_admin, cast):
    make.shared_with_circle(cast)

    assert as_admin.get(feed(Community.objects.get())).status_code == 404


def test_what_was_taken_back_is_gone_from_it(as_coach, cast):
    entry = make.shared_with_circle(cast)
    community = Community.objects.get()

    entry.withdraw_from(community, by=cast.facilitator)

    assert list(as_coach.get(feed(community)).context["entries"]) == []


def test_supervisors_write_too_and_theirs_come_first(as_coach, cast):
    circle = communities.circle(cast)
    communities.membership(cast.supervisor, circle)
    theirs = [make.kept(cast.supervisor) for _ in range(4)]
    for entry in theirs:
        entry.share_with(circle, by=cast.supervisor)
    peers = make.kept(cast.facilitator)
    peers.share_with(circle, by=cast.facilitator)

    answer = as_coach.get(feed(circle))

    # Three lead; a fourth has its place in time, or a feed would be theirs alone one day.
    assert list(answer.context["entries"]) == [*reversed(theirs[1:]), peers, theirs[0]]
    assert answer.content.decode().count("Supervisor</span>") == 3


def test_who_is_a_supervisor_no_more_leads_no_more(as_coach, cast):
    circle = communities.circle(cast)
    communities.membership(cast.supervisor, circle)
    theirs, peers = make.kept(cast.supervisor), make.kept(cast.facilitator)
    theirs.share_with(circle, by=cast.supervisor)
    peers.share_with(circle, by=cast.facilitator)

    cast.supervisor.positions.update(role="facilitator")

    assert list(as_coach.get(feed(circle)).context["entries"]) == [peers, theirs]


def test_it_takes_as_many_queries_for_thirty_as_for_one(as_coach, cast):
    circle = communities.circle(cast)

    def fill(entries):
        for _ in range(entries):
            make.kept(cast.facilitator).share_with(circle, by=cast.facilitator)
        return make.queries(as_coach, feed(circle))

    assert fill(1) == fill(29) <= 12
