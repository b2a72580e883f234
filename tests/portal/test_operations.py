"""Operations are for `is_staff`, and open no journal."""

import pytest
from django.apps import apps
from django.contrib import admin

from portal.web.operations import OPEN
from portal.web.privacy import FREE, JOURNAL

PAGES = [
    "/operations/",
    "/operations/people/user/",
    "/operations/agencies/agency/",
    "/operations/agencies/agency/add/",
    "/operations/audit/entry/",
]


@pytest.fixture
def as_operator(cast, as_person):
    cast.newcomer.is_staff = cast.newcomer.is_superuser = True
    cast.newcomer.save(update_fields=["is_staff", "is_superuser"])
    return as_person(cast.newcomer)


@pytest.mark.parametrize("page", PAGES)
def test_who_runs_operations_opens_them(as_operator, page):
    assert as_operator.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_an_agencys_admin_cannot_tell_that_operations_exist(as_admin, page):
    assert as_admin.get(page).status_code == 404


def test_signing_in_happens_in_one_place_only(client, db):
    # Django admin's own sign-in would pass by the second factor.
    answer = client.post("/operations/login/", {"username": "x", "password": "y"})

    assert (answer.status_code, answer.url) == (
        302,
        "/accounts/login/?next=/operations/login/",
    )


def test_only_what_is_named_is_open():
    assert {model._meta.label for model in admin.site._registry} == OPEN


def test_what_is_open_holds_no_words_of_anybodys():
    written = {
        f"{label}.{field}"
        for label in OPEN
        for field, given in apps.get_model(label).privacy.items()
        if given in {JOURNAL, FREE}
    }

    assert written == set()


def test_nobody_is_deleted_from_operations(as_operator, cast):
    page = f"/operations/people/user/{cast.facilitator.pk}/delete/"

    assert as_operator.post(page, {"post": "yes"}).status_code == 403


def test_operations_give_nobody_a_password_or_another_address(as_operator, cast):
    page = f"/operations/people/user/{cast.facilitator.pk}/change/"
    as_operator.post(page, {"name": "A. Okafor", "email": "x@example.org", "password": "x"})
    cast.facilitator.refresh_from_db()

    assert (cast.facilitator.name, cast.facilitator.email) == ("A. Okafor", "amara@example.org")
    assert not cast.facilitator.has_usable_password()


def test_the_audit_log_is_read_only(as_operator):
    assert as_operator.get("/operations/audit/entry/add/").status_code == 403


def test_running_operations_opens_no_agency(cast, as_person):
    cast.leaver.is_staff = True
    cast.leaver.save(update_fields=["is_staff"])

    assert as_person(cast.leaver).get("/operations/").status_code == 200
    assert list(cast.leaver.positions.current()) == []
