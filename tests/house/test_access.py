"""No rule, no run: every URL by every role, the other agency's people included."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.access import rule_of
from portal.access.walk import routes, unwrapped
from tests.cast import ROLES
from tests.matrix import REFUSALS, the_matrix

MATRIX = the_matrix()
NAMED = {route.name for route in routes() if route.name}


def test_every_view_behind_a_url_declares_its_rule():
    bare = [route.path for route in routes() if rule_of(unwrapped(route.view)) is None]

    assert bare == []


def test_every_url_has_a_name():
    assert [route.path for route in routes() if route.name.rpartition(":")[2] == ""] == []


def test_the_matrix_has_every_url_and_no_other():
    assert {"missing": sorted(NAMED - set(MATRIX)), "gone": sorted(set(MATRIX) - NAMED)} == {
        "missing": [],
        "gone": [],
    }


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_role_gets_what_the_matrix_says(name, cast, as_person):
    row = MATRIX[name]
    url = reverse(name, kwargs=row.arguments(cast))
    visitors: dict[str, Client] = {"visitor": Client()}
    visitors |= {role: as_person(getattr(cast.northside, role)) for role in ROLES}
    visitors |= {f"{role} elsewhere": as_person(getattr(cast.riverbend, role)) for role in ROLES}

    answers, by_post = {}, {}
    for who, client in visitors.items():
        answer = client.get(url)
        answers[who] = answer.status_code
        b"".join(answer)  # to its end: a file stays open otherwise
        if answers[who] in REFUSALS - {302} or (who == "visitor" and answers[who] == 302):
            by_post[who] = client.post(url).status_code

    expected = {who: row.expected(who) for who in visitors}
    assert answers == expected
    # A page that takes no POST at all refuses it too.
    by_post = {who: status for who, status in by_post.items() if status != 405}
    assert by_post == {who: expected[who] for who in by_post}
