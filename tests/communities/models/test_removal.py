"""Taking back what was said, by its author or by a host, for posts, answers and resources."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from communities.models import Resource
from portal.audit.models import Entry
from portal.notices.models import Notice
from tests.communities import make, make_exchange

WHY = "It names a school that everyone here knows."


def a_post(circle, cast):
    return make_exchange.post(circle, cast.facilitator)


def a_reply(circle, cast):
    return make_exchange.reply(make_exchange.post(circle, cast.coach), cast.facilitator)


def a_resource(circle, cast):
    return make_exchange.file(circle, cast.facilitator)


@pytest.fixture(params=[a_post, a_reply, a_resource])
def thing(request, cast):
    """The facilitator's; the coach hosts."""
    return request.param(make.circle(cast), cast)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_its_author_removes_it_and_puts_it_back(thing, cast):
    everyone = type(thing).objects.visible_to(cast.coach)

    thing.remove(by=cast.facilitator)
    thing.remove(by=cast.facilitator)
    assert not everyone.filter(pk=thing.pk).exists()
    assert type(thing).objects.visible_to(cast.facilitator).filter(pk=thing.pk).exists()
    assert Notice.objects.filter(kind=f"{thing.noun}.taken_down").count() == 0

    fresh(thing).put_back(by=cast.facilitator)
    assert everyone.filter(pk=thing.pk).exists()
    kept = Entry.objects.filter(subject_type=thing._meta.label_lower).order_by("pk")
    kinds = list(kept.values_list("kind", flat=True))
    assert kinds[-2:] == [f"{thing.noun}.removed", f"{thing.noun}.put_back"]


def test_a_host_takes_it_down_and_its_author_is_told_once(thing, cast):
    thing.remove(by=cast.coach, reason=WHY)
    thing.remove(by=cast.coach, reason="Again.")

    told = Notice.objects.get(kind=f"{thing.noun}.taken_down")
    assert told.recipient == cast.facilitator
    assert fresh(thing).removal.reason == WHY
    assert fresh(thing).is_taken_down


def test_a_host_says_why(thing, cast):
    with pytest.raises(ValidationError) as refused:
        thing.remove(by=cast.coach, reason="  ")

    assert list(refused.value.message_dict) == ["reason"]
    assert not fresh(thing).is_removed


def test_what_a_host_took_down_its_author_does_not_put_back(thing, cast):
    thing.remove(by=cast.coach, reason=WHY)

    with pytest.raises(ValidationError):
        fresh(thing).put_back(by=cast.facilitator)
    fresh(thing).put_back(by=cast.coach)

    assert not fresh(thing).is_removed
    assert Notice.objects.standing().filter(kind=f"{thing.noun}.taken_down").count() == 0


def test_a_month_later_it_is_gone_for_good(thing, cast, django_capture_on_commit_callbacks):
    name = thing.file.name if isinstance(thing, Resource) else ""
    now = timezone.now()
    thing.remove(by=cast.facilitator, at=now)

    with django_capture_on_commit_callbacks(execute=True):
        assert type(thing).forget(at=now + timedelta(days=30)) == 0
        assert type(thing).forget(at=now + timedelta(days=31)) == 1

    assert not type(thing).objects.filter(pk=thing.pk).exists()
    assert not (name and default_storage.exists(name))


def test_others_can_neither_change_nor_remove_it(thing, cast):
    for person in (cast.peer_partner, cast.riverbend.admin):
        assert not type(thing).objects.editable_by(person).exists()
        assert not type(thing).objects.removable_by(person).exists()
    assert not type(thing).objects.editable_by(cast.coach).filter(pk=thing.pk).exists()


def test_who_left_the_community_reaches_it_no_more_and_it_stays(thing, cast):
    circle = thing.community
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert not type(thing).objects.visible_to(cast.facilitator).exists()
    assert not type(thing).objects.removable_by(cast.facilitator).exists()
    assert type(thing).objects.visible_to(cast.coach).get(pk=thing.pk).by == cast.facilitator
