"""An agency's policy is its admins' to change."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

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


def test_an_admin_says_where_the_agency_is(as_admin, cast):
    agency = cast.northside.agency
    as_admin.post(f"/agencies/{agency.pk}/policy/", GIVEN | {"country": "US", "subdivision": "MO"})

    agency.refresh_from_db()
    assert (agency.country, agency.subdivision) == ("US", "MO")


def test_a_region_of_another_country_is_refused(as_admin, cast):
    url = f"/agencies/{cast.northside.agency.pk}/policy/"
    answer = as_admin.post(url, GIVEN | {"country": "CA", "subdivision": "MO"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["subdivision"]


def test_the_regions_of_a_country_are_offered_before_it_is_saved(as_admin, cast):
    url = f"/agencies/{cast.northside.agency.pk}/policy/"

    assert "Missouri" in as_admin.get(url, {"country": "US"}).content.decode()
    assert "Missouri" not in as_admin.get(url, {"country": "no such"}).content.decode()


def test_a_region_without_a_country_is_refused(cast):
    agency = cast.northside.agency
    agency.subdivision = "MO"
    with pytest.raises(ValidationError, match="Choose the country"):
        agency.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        agency.save()
