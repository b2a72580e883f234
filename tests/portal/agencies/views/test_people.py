"""The people of an agency: found, listed in constant queries, none of another agency's."""

import pytest
from django.utils import timezone

from tests import make
from tests.portal.agencies.queries import MOST, asked_by


@pytest.fixture
def agency(cast):
    return cast.northside.agency


@pytest.fixture
def url(agency):
    return f"/agencies/{agency.pk}/people/"


def names(answer):
    return [person.name for person in answer.context["people"]]


def test_the_list_has_who_works_here(as_admin, url):
    assert names(as_admin.get(url)) == [
        "Amara Okafor",
        "Benito Reyes",
        "Carol Lindqvist",
        "Dae Kim",
        "Edith Moreau",
        "Kofi Mensah",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "okaf"}, ["Amara Okafor"]),
        ({"q": "BENITO@"}, ["Benito Reyes"]),
        ({"q": "haddad"}, []),  # Riverbend's
        ({"role": "facilitator"}, ["Amara Okafor", "Kofi Mensah"]),
        ({"role": "facilitator", "q": "kofi"}, ["Kofi Mensah"]),
        ({"left": "1"}, ["Lena Fischer"]),
        ({"role": "no such role", "q": "kim"}, ["Dae Kim"]),
        ({"q": "ki\x00m"}, ["Dae Kim"]),
        ({"page": "99", "q": "kim"}, ["Dae Kim"]),
    ],
)
def test_they_are_found_by_name_address_and_role(as_admin, url, query, found):
    assert names(as_admin.get(url, query)) == found


def test_the_list_asks_the_same_queries_however_long(as_admin, agency, cast, url):
    with_few = asked_by(as_admin, url)
    for _ in range(30):
        person = make.person()
        make.position(person, agency)
        make.supervision(cast.supervisor, person, agency)

    assert asked_by(as_admin, url) == with_few <= MOST


def test_the_second_page_keeps_the_search(as_admin, agency, url):
    for _ in range(51):
        make.position(make.person(), agency)
    answer = as_admin.get(url, {"role": "facilitator"})

    assert "?role=facilitator&amp;page=2" in answer.content.decode()


def test_one_person_shows_roles_and_supervision(as_admin, cast, url):
    words = as_admin.get(f"{url}{cast.facilitator.pk}/").content.decode()

    assert "Carol Lindqvist supervises Amara Okafor" in words
    assert "Dae Kim coaches Amara Okafor" in words


def test_a_person_of_another_agency_is_not_found(as_admin, cast, url):
    assert as_admin.get(f"{url}{cast.riverbend.coach.pk}/").status_code == 404


def test_what_someone_is_elsewhere_does_not_show(as_admin, cast, url):
    make.position(cast.coach, cast.riverbend.agency, "supervisor")
    make.supervision(cast.coach, cast.riverbend.facilitator, cast.riverbend.agency)
    words = as_admin.get(f"{url}{cast.coach.pk}/").content.decode()

    assert "Farah Haddad" not in words
    assert "Supervisor" not in words


def test_an_admin_whose_role_ended_is_out(as_admin, cast, url):
    cast.admin.positions.update(until=timezone.now())

    assert as_admin.get(url).status_code == 404
