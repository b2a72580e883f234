"""From the outside: an admin of the agency, who runs operations too, comes upon no word of a
journal and no sign of whom it was shared with; nor does a search, a list, or an export."""

import pytest
from django.contrib import admin
from django.urls import reverse

from portal.audit.models import Entry
from reflections.models import FollowUp, Question
from tests.communities import make as communities
from tests.reflections import make
from tests.reflections.make import SECRET


@pytest.fixture
def community(cast):
    """A journal with SECRET in each of its places, shared with a supervisor and a community that
    the admin runs and is no member of."""
    entry = make.kept(cast.facilitator, f"I saw {SECRET}", next_time=f"look for {SECRET}")
    circle = communities.circle(cast)
    entry.share_with(circle, by=cast.facilitator)
    entry.share_with(cast.supervisor, by=cast.facilitator)
    Question.objects.ask(entry, f"Who else saw {SECRET}?", by=cast.facilitator)
    entry.respond(by=cast.supervisor, text=f"I saw {SECRET} too")
    entry.commitment.settle("tried", by=cast.facilitator, words=f"There was {SECRET}")
    FollowUp.objects.begin(entry.commitment, by=cast.facilitator)
    make.draft(cast.facilitator)
    communities.session(circle)
    return circle


@pytest.fixture
def as_operator(as_admin, cast):
    cast.admin.is_staff = cast.admin.is_superuser = True
    cast.admin.save()
    return as_admin


def body(answer) -> str:
    streamed = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return streamed.decode(errors="replace")


def test_an_admins_pages_lists_and_exports_hold_no_word(as_operator, cast, community):
    agency, person = cast.northside.agency.pk, cast.facilitator.pk
    session = community.series.get().sessions.first().pk
    pages = [
        reverse("home:today.index"),
        reverse("notices:notices.index"),
        reverse("reflections:reflections.index"),
        reverse("reflections:responses.index"),
        reverse("agencies:people.index", args=[agency]),
        reverse("agencies:people.show", args=[agency, person]),
        reverse("agencies:departures.new", args=[agency, person]),
        reverse("agencies:exports.index", args=[agency]),
        reverse("agencies:policies.edit", args=[agency]),
        reverse("communities:communities.show", args=[community.pk]),
        reverse("communities:people.show", args=[community.pk, person]),
        reverse("communities:sessions.show", args=[session]),
        reverse("communities:attendance_exports.show", args=[session]),
        reverse("communities:commitments.index"),
        reverse("communities:months.index"),
        reverse("fidelity:reviews.index"),
    ]

    for page in pages:
        answer = as_operator.get(page, follow=True)
        assert answer.status_code == 200, page
        assert SECRET not in body(answer), page


def test_no_search_finds_a_word(as_operator, as_coach, community):
    searches = [reverse("communities:posts.index"), reverse("communities:directory.index")]

    for client in (as_operator, as_coach):  # the coach reads the entry, on its own page alone
        for page in searches:
            found = body(client.get(page, {"q": SECRET}))
            assert SECRET not in found.replace(f'value="{SECRET}"', "")  # asked for, in its box


def test_djangos_admin_site_holds_no_word(as_operator, community):
    pages = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        first = model._default_manager.first()
        if first is not None:
            pages += [reverse(f"{name}_{view}", args=[first.pk]) for view in ("change", "history")]

    for page in pages:
        assert SECRET not in body(as_operator.get(page, {"q": SECRET} if "list" in page else {}))


def test_the_audit_log_says_that_and_never_what_or_with_whom(cast, community):
    rows = Entry.objects.filter(kind__startswith="reflection.")

    assert {entry.kind for entry in rows} >= {"reflection.shared", "reflection.asked"}
    assert SECRET not in str(list(Entry.objects.values_list()))
    assert cast.supervisor.pk not in rows.exclude(kind="reflection.answered").values_list(
        "actor_id", flat=True
    )
