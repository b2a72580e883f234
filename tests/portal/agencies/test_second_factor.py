"""An agency's rule: supervisors and admins need a second factor, and are led to set one up."""

import time

import pytest
from allauth.mfa.models import Authenticator

from portal.agencies.middleware import SEEN, SEEN_FOR
from tests import make
from tests.portal.agencies.queries import asked_by

PAGE = "/people/profile/"


@pytest.fixture
def rule(cast):
    agency = cast.northside.agency
    agency.second_factor_required = True
    agency.save(update_fields=["second_factor_required"])
    return agency


def give(person, kind=Authenticator.Type.TOTP):
    return Authenticator.objects.create(user=person, type=kind, data={"secret": "x"})


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_who_is_bound_is_led_to_set_one_up(cast, as_person, rule, role):
    answer = as_person(getattr(cast, role)).get(PAGE, follow=True)

    assert answer.redirect_chain == [("/accounts/2fa/", 302)]
    assert "Northside Family Partners asks supervisors and admins" in answer.content.decode()


@pytest.mark.parametrize("role", ["facilitator", "peer_partner", "coach"])
def test_others_are_not(cast, as_person, rule, role):
    assert as_person(getattr(cast, role)).get(PAGE).status_code == 200


def test_nobody_is_without_the_rule(as_supervisor):
    assert as_supervisor.get(PAGE).status_code == 200


def test_another_agencys_rule_binds_only_its_own(cast, as_person, rule):
    assert as_person(cast.riverbend.supervisor).get(PAGE).status_code == 200
    make.position(cast.riverbend.supervisor, rule, "supervisor")
    assert as_person(cast.riverbend.supervisor).get(PAGE).status_code == 302


@pytest.mark.parametrize(
    "page",
    ["/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"],
)
def test_the_way_to_one_is_open(as_supervisor, rule, page):
    answer = as_supervisor.get(page)

    assert answer.status_code == 200 or "reauthenticate" in answer.url


def test_signing_out_is_open(as_supervisor, rule):
    as_supervisor.post("/accounts/logout/")

    assert "_auth_user_id" not in as_supervisor.session


def test_nothing_is_done_by_post_either(as_admin, cast, rule):
    given = {"name": "X", "language": "en", "time_zone": "Europe/Berlin", "theme": ""}
    as_admin.post(PAGE, given)
    cast.admin.refresh_from_db()

    assert cast.admin.name == "Edith Moreau"


def test_htmx_is_led_there_whole(as_supervisor, rule):
    answer = as_supervisor.get(PAGE, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/accounts/2fa/")


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_an_app_or_a_passkey_they_go_on(cast, as_supervisor, rule, kind):
    give(cast.supervisor, kind)

    assert as_supervisor.get(PAGE).status_code == 200


def test_recovery_codes_alone_are_none(cast, as_supervisor, rule):
    give(cast.supervisor, Authenticator.Type.RECOVERY_CODES)

    assert as_supervisor.get(PAGE).status_code == 302


def test_it_costs_nothing_where_no_agency_asks_or_one_was_seen(cast, as_person, as_supervisor):
    without_the_rule = asked_by(as_supervisor, PAGE)
    agency = cast.northside.agency
    agency.second_factor_required = True
    agency.save(update_fields=["second_factor_required"])
    give(cast.supervisor)

    # The first page looks for the factor, and keeps in the session that it was seen.
    first = asked_by(as_supervisor, PAGE)
    assert first > without_the_rule
    assert asked_by(as_supervisor, PAGE) == without_the_rule


def test_one_that_was_removed_elsewhere_is_missed_after_ten_minutes(cast, as_supervisor, rule):
    factor = give(cast.supervisor)
    as_supervisor.get(PAGE)
    factor.delete()
    session = as_supervisor.session
    session[SEEN] = time.time() - SEEN_FOR - 1
    session.save()

    assert as_supervisor.get(PAGE).status_code == 302
