"""An agency's policy is its admins' to change."""

from portal.audit.models import Entry

GIVEN = {"time_zone": "America/Chicago", "second_factor_required": "", "show": ""}


def test_an_admin_changes_the_policy(as_admin, cast):
    agency = cast.northside.agency
    as_admin.post(f"/agencies/{agency.pk}/policy/", GIVEN | {"second_factor_required": "on"})
    agency.refresh_from_db()

    assert (agency.time_zone, agency.second_factor_required) == ("America/Chicago", True)
    assert Entry.objects.get(kind="agency.policy_changed").agency_id == agency.pk


def test_a_zone_that_is_none_is_refused(as_admin, cast):
    agency = cast.northside.agency
    answer = as_admin.post(f"/agencies/{agency.pk}/policy/", GIVEN | {"time_zone": "Mars/Base"})

    assert answer.status_code == 422
