"""The menu: what each person needs, and where they are."""

from django.test import RequestFactory
from django.urls import resolve

from portal.home.navigation import navigation


def menu(person, path="/"):
    request = RequestFactory().get(path)
    request.user, request.resolver_match = person, resolve(path)
    return navigation(request)["navigation"]


def test_an_admin_has_the_agency_in_the_menu_and_a_facilitator_has_not(cast):
    assert [item["label"] for item in menu(cast.facilitator)] == [
        "Today",
        "Write",
        "Journal",
        "Communities",
        "Practice",
        "Notices",
    ]
    assert [item["label"] for item in menu(cast.admin)][-1] == "Agency"


def test_the_menu_marks_the_place_where_one_is(cast):
    def here(path):
        return [item["label"] for item in menu(cast.facilitator, path) if item["current"]]

    assert here("/") == ["Today"]
    assert here("/reflections/") == ["Journal"]
    assert here("/reflections/new/") == ["Write"]
    assert here("/people/profile/") == []


def test_a_visitor_has_no_menu_and_costs_no_query(client):
    assert client.get("/privacy/").context["navigation"] == []


def test_a_page_that_is_nowhere_in_the_menu_marks_nothing(cast):
    assert [i for i in menu(cast.facilitator, "/help/") if i["current"]] == []
