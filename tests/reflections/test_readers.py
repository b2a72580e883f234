"""Who can read an entry, as its page says it: exactly those who may, whatever has changed since."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Span
from portal.agencies.models import Position, Role
from portal.people.models import User
from reflections.models import Reflection
from reflections.readers import readers_of
from tests import make as people
from tests.communities import make as communities
from tests.reflections import make


def named(entry):
    """The ids of whom the page names."""
    return {pk for audience in readers_of(entry) for pk in audience.ids}


def reading(entry):
    """The ids of those who can sign in and load it, besides its author."""
    others = User.objects.filter(is_active=True).exclude(pk=entry.author_id)
    return {p.pk for p in others if Reflection.objects.visible_to(p).filter(pk=entry.pk).exists()}


@pytest.fixture
def entry(cast):
    """A supervisor's, shared with a circle of supervisors of two agencies."""
    second = people.person("Sora Lee")
    people.position(second, cast.northside.agency, Role.SUPERVISOR)
    circle = communities.community(cast.northside.agency, audience="supervisors")
    Span.objects.create(community=circle, agency=cast.riverbend.agency)
    for person in (cast.supervisor, second, cast.riverbend.supervisor):
        communities.membership(person, circle)
    made = make.kept(cast.supervisor)
    made.share_with(circle, by=cast.supervisor)
    assert named(made) == {second.pk, cast.riverbend.supervisor.pk}
    return made


def no_longer_a_supervisor(cast, entry):
    """Their role ended; nobody has ended the membership yet."""
    held = Position.objects.filter(person=cast.riverbend.supervisor, role=Role.SUPERVISOR)
    held.update(role=Role.FACILITATOR)


def no_longer_employed(cast, entry):
    held = Position.objects.filter(person=cast.riverbend.supervisor)
    held.update(until=timezone.now() - timedelta(hours=1))


def no_longer_spanned(cast, entry):
    Span.objects.all().delete()


def no_longer_signing_in(cast, entry):
    User.objects.filter(pk=cast.riverbend.supervisor.pk).update(is_active=False)


@pytest.mark.parametrize(
    "change",
    [no_longer_a_supervisor, no_longer_employed, no_longer_spanned, no_longer_signing_in],
)
def test_whoever_a_community_admits_no_more_is_not_named(cast, entry, change):
    assert named(entry) == reading(entry)

    change(cast, entry)

    assert cast.riverbend.supervisor.pk not in named(entry)
    assert len(named(entry)) == 1
    assert named(entry) == reading(entry)


def test_a_supervisor_whose_account_is_closed_is_not_named(cast):
    entry = make.shared_with_supervisor(cast)
    assert named(entry) == reading(entry) == {cast.supervisor.pk}

    User.objects.filter(pk=cast.supervisor.pk).update(is_active=False)

    assert named(entry) == reading(entry) == set()
