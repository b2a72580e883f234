"""What practice is reviewed with, on pages, and an agency's own from the start."""

import pytest

from fidelity.models import Instrument, Version
from portal.audit.models import Entry
from tests.fidelity import make

pytestmark = pytest.mark.django_db
URL = "/fidelity/instruments/"
ABOUT = {"name": "Home visit check", "about": "One\r\ntwo", "sources": ["observation", "self"]}


def test_the_shipped_ones_are_listed(as_facilitator):
    names = [each.instrument.name for each in as_facilitator.get(URL).context["instruments"]]

    assert names == [
        "Motivational interviewing coding sheet",
        "Session self-check",
        "Wraparound practice rubric",
    ]


def test_benchmarks_show_their_source_and_date(as_coach):
    sheet = Instrument.objects.get(slug=make.CODING_SHEET)

    html = as_coach.get(sheet.get_absolute_url()).content.decode()

    assert "good is 50% (Moyers, Manuel and Ernst: MITI coding manual 4.2.1, June 2015)" in html
    assert "one without an answer makes it not computable" in html


def test_pages_take_few_queries_and_no_more_for_more(
    as_coach, cast, django_assert_max_num_queries, django_assert_num_queries
):
    rubric = Instrument.objects.get(slug=make.RUBRIC)
    as_coach.get(rubric.get_absolute_url())

    with django_assert_max_num_queries(15):
        as_coach.get(rubric.get_absolute_url())
    with django_assert_max_num_queries(8) as once:
        as_coach.get(URL)
    for _each in range(3):
        make.draft_version(cast.northside.agency)
    with django_assert_num_queries(len(once)):
        as_coach.get(URL)


def test_an_instrument_that_is_still_a_draft_says_so(as_admin, cast):
    version = make.draft_version(cast.northside.agency)

    html = as_admin.get(version.instrument.get_absolute_url()).content.decode()
    assert "No version of it is published yet." in html


def test_a_draft_is_listed_for_those_who_build_alone(as_coach, as_facilitator, cast):
    begun = make.draft_version(cast.northside.agency).instrument

    def shown(client):
        return [each.instrument for each in client.get(URL).context["instruments"]]

    assert begun in shown(as_coach)
    assert begun not in shown(as_facilitator)


def test_one_is_begun_as_an_empty_draft_of_the_agency(as_coach, cast):
    answer = as_coach.post(URL + "new/", ABOUT)

    version = Version.objects.get(instrument__name="Home visit check")
    assert answer.headers["Location"] == f"/fidelity/versions/{version.pk}/edit/"
    assert (version.state, version.number) == ("draft", 1)
    assert (version.instrument.agency, version.instrument.about) == (
        cast.northside.agency,
        "One\ntwo",
    )
    assert Entry.objects.filter(kind="instrument.begun", actor_id=cast.coach.pk).count() == 1


def test_two_of_one_name_are_two(as_coach, as_admin):
    as_coach.post(URL + "new/", ABOUT)
    as_admin.post(URL + "new/", ABOUT)

    slugs = Instrument.objects.filter(name=ABOUT["name"]).values_list("slug", flat=True)
    assert sorted(slugs) == ["home-visit-check", "home-visit-check-2"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Fill in “Name”."),
        ({"sources": []}, "Choose an answer for “What a review with it goes by”."),
        ({"name": "a\x07b"}, "Take out characters that nobody can see."),
    ],
)
def test_what_lacks_a_name_or_a_source_is_not_begun(as_coach, wrong, said):
    answer = as_coach.post(URL + "new/", ABOUT | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Instrument.objects.exclude(agency=None).exists()


def test_name_and_sources_change_at_any_time(as_coach, cast):
    version = make.draft_version(cast.northside.agency)
    version.publish(by=cast.admin)

    as_coach.post(f"{URL}{version.instrument_id}/edit/", ABOUT)

    assert Instrument.objects.get(pk=version.instrument_id).sources == ["observation", "self"]


def test_one_that_was_never_published_is_removed(as_coach, cast):
    begun = make.draft_version(cast.northside.agency).instrument

    as_coach.post(f"{URL}{begun.pk}/remove/")

    assert not Instrument.objects.filter(pk=begun.pk).exists()


def test_a_published_one_is_not_removed(as_coach, cast):
    version = make.draft_version(cast.northside.agency)
    version.publish(by=cast.admin)

    answer = as_coach.post(f"{URL}{version.instrument_id}/remove/")

    assert answer.status_code == 409
    assert Version.objects.filter(pk=version.pk).exists()


def test_a_shipped_one_is_copied_and_not_changed(as_coach, cast):
    rubric = Instrument.objects.get(slug=make.RUBRIC)
    assert as_coach.post(f"{URL}{rubric.pk}/edit/", ABOUT).status_code == 403

    as_coach.post(f"{URL}{rubric.pk}/copy/", {"name": "Our rubric"})

    own = Version.objects.get(instrument__name="Our rubric")
    assert (own.instrument.agency, own.state) == (cast.northside.agency, "draft")
    shipped = make.shipped()
    assert list(own.items.values_list("key", "wording", "help")) == list(
        shipped.items.values_list("key", "wording", "help")
    )
    assert list(own.measures.values_list("key", "parameters")) == list(
        shipped.measures.values_list("key", "parameters")
    )
