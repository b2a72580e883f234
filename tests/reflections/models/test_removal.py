"""Removing an entry, and bringing it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.audit.models import Entry
from portal.notices.models import Notice
from reflections.models import Reflection, Removal, Response
from tests.communities import make as communities
from tests.reflections import make


def kinds_of(entry) -> list[str]:
    about = Entry.objects.filter(subject_type="reflections.reflection", subject_id=entry.pk)
    return list(about.order_by("pk").values_list("kind", flat=True))


def test_a_removed_entry_is_out_of_everyones_sight_at_once(cast):
    entry = make.shared_with_circle(cast)
    entry.share_with(cast.supervisor, by=cast.facilitator)
    entry.respond(by=cast.supervisor, text="And then?")

    entry.remove(by=cast.facilitator)

    for person in [*cast.northside.people(), *cast.riverbend.people()]:
        assert list(Reflection.objects.visible_to(person)) == []
        assert list(Reflection.objects.by(person)) == []
        assert list(Response.objects.visible_to(person)) == []
        assert list(Reflection.objects.awaiting_answer(person)) == []
    assert list(Reflection.objects.shared_with(communities.circle(cast))) == []
    assert list(Reflection.objects.removed_by(cast.facilitator)) == [entry]
    assert list(Reflection.objects.removed_by(cast.supervisor)) == []


def test_what_anyone_was_to_be_told_of_it_is_taken_back(cast):
    entry = make.shared_with_supervisor(cast)
    entry.respond(by=cast.supervisor, text="And then?")
    assert Notice.objects.standing().filter(kind__startswith="reflection.").count() == 2

    entry.remove(by=cast.facilitator)

    assert not Notice.objects.standing().filter(kind__startswith="reflection.").exists()


def test_bringing_it_back_opens_it_to_nobody_but_its_author(cast):
    entry = make.shared_with_supervisor(cast)
    entry.remove(by=cast.facilitator)

    entry.bring_back(by=cast.facilitator)

    assert list(Reflection.objects.visible_to(cast.supervisor)) == []
    assert list(Reflection.objects.by(cast.facilitator)) == [entry]
    assert not entry.shares.exists()
    assert not Reflection.objects.get(pk=entry.pk).is_removed
    assert kinds_of(entry) == [
        "reflection.kept",
        "reflection.shared",
        "reflection.withdrawn",
        "reflection.removed",
        "reflection.brought_back",
    ]


def test_removing_twice_is_as_once_and_so_is_bringing_back(cast):
    entry = make.kept(cast.facilitator)
    before = timezone.now() - timedelta(days=3)

    entry.remove(by=cast.facilitator, at=before)
    entry.remove(by=cast.facilitator)
    assert Removal.objects.get().at == before
    entry.bring_back(by=cast.facilitator)
    entry.bring_back(by=cast.facilitator)

    assert kinds_of(entry) == ["reflection.kept", "reflection.removed", "reflection.brought_back"]


def test_nobody_removes_or_brings_back_what_is_not_theirs(cast):
    entry = make.shared_with_supervisor(cast)

    with pytest.raises(PermissionDenied):
        entry.remove(by=cast.supervisor)
    entry.remove(by=cast.facilitator)
    with pytest.raises(PermissionDenied):
        entry.bring_back(by=cast.admin)

    assert entry.is_removed


def test_a_removed_entry_is_shared_with_nobody(cast):
    entry = make.kept(cast.facilitator)
    stale = Reflection.objects.get(pk=entry.pk)
    entry.remove(by=cast.facilitator)

    with pytest.raises(ValidationError, match="Bring it back"):
        stale.share_with(cast.supervisor, by=cast.facilitator)

    assert not entry.shares.exists()


def test_what_another_device_still_writes_is_saved_with_it(cast):
    draft = make.draft(cast.facilitator, "On the laptop")
    phone = Reflection.objects.get(pk=draft.pk)
    draft.remove(by=cast.facilitator)

    phone.save_draft(make.answers("On the phone"), version=1)

    draft.bring_back(by=cast.facilitator)
    draft.refresh_from_db()
    assert draft.first_words == "On the phone"
