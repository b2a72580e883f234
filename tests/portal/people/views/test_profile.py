"""One's own profile: name, language, zone, colours."""

import pytest

from portal.audit.models import Entry

GIVEN = {"name": "Amara O.", "language": "en", "time_zone": "Europe/Berlin", "theme": "dark"}


def test_everyone_changes_their_own(as_facilitator, cast):
    as_facilitator.post("/people/profile/", GIVEN)
    cast.facilitator.refresh_from_db()

    me = cast.facilitator
    assert (me.name, me.time_zone, me.theme) == ("Amara O.", "Europe/Berlin", "dark")
    assert Entry.objects.get(kind="person.changed_profile").actor_id == me.pk


def test_saving_nothing_new_is_not_recorded(as_facilitator, cast):
    me = cast.facilitator
    same = {"name": me.name, "language": "en", "time_zone": me.time_zone, "theme": ""}
    as_facilitator.post("/people/profile/", same)

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{"name": ""}, {"language": "xx"}, {"time_zone": "Mars/Base"}, {"theme": "pink"}],
)
def test_what_cannot_be_is_refused_next_to_its_field(as_facilitator, given):
    answer = as_facilitator.post("/people/profile/", GIVEN | given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(given)


def test_it_cannot_be_used_to_run_operations(as_facilitator, cast):
    as_facilitator.post("/people/profile/", GIVEN | {"is_staff": "on", "email": "x@example.org"})
    cast.facilitator.refresh_from_db()

    assert (cast.facilitator.is_staff, cast.facilitator.email) == (False, "amara@example.org")


def test_it_leads_to_devices_and_second_factor(as_facilitator):
    words = as_facilitator.get("/people/profile/").content.decode()

    assert 'href="/people/devices/"' in words
    assert 'href="/accounts/2fa/"' in words
