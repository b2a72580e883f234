"""No rule, no run; and reads cannot write."""

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import override_settings
from django.urls import include, path

from portal import access
from portal.access.middleware import WroteOnRead
from portal.people.models import User


def bare(request):
    return HttpResponse("never")


@access.signed_in
def writing(request):
    User.objects.filter(pk=request.user.pk).update(name="Changed")
    return HttpResponse("written")


@access.signed_in.writing_on_get()
def opening(request):
    return writing(request)


urlpatterns = [
    path("bare", bare),
    path("writing", writing),
    path("opening", opening),
    path("accounts/", include("allauth.urls")),
    path("public", access.public(lambda request: HttpResponse("open"))),
]
here = override_settings(ROOT_URLCONF=__name__)


@here
def test_a_view_without_a_rule_does_not_run(client):
    with pytest.raises(ImproperlyConfigured, match="bare declares no access rule"):
        client.get("/bare")


@here
def test_a_read_that_writes_is_refused(as_facilitator, cast):
    with pytest.raises(WroteOnRead), transaction.atomic():
        as_facilitator.get("/writing")

    cast.facilitator.refresh_from_db()
    assert cast.facilitator.name == "Amara Okafor"


@here
def test_the_same_write_by_post_or_by_a_rule_that_says_so_runs(as_facilitator, cast):
    assert as_facilitator.post("/writing").content == b"written"
    assert as_facilitator.get("/opening").content == b"written"


@here
def test_a_visitor_is_asked_to_sign_in_and_brought_back(client, db):
    assert client.get("/writing?a=1").url == "/accounts/login/?next=/writing%3Fa%3D1"


@here
def test_htmx_reloads_the_page_when_the_session_has_ended(client, db):
    answer = client.get("/writing", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Refresh"]) == (401, "true")


def test_a_record_is_loaded_from_what_the_person_may_reach(rf, cast):
    from portal.agencies.models import Agency

    rule = access.record(Agency, "administered_by", visible="visible_to", why="Ask an admin.")
    request = rf.get("/")

    request.user = cast.admin
    arguments = {"pk": cast.northside.agency.pk}
    assert rule.admit(request, arguments) is None
    assert arguments == {"agency": cast.northside.agency}

    request.user = cast.facilitator
    with pytest.raises(PermissionDenied, match="Ask an admin"):
        rule.admit(request, {"pk": cast.northside.agency.pk})

    request.user = cast.riverbend.admin
    with pytest.raises(Http404):
        rule.admit(request, {"pk": cast.northside.agency.pk})
