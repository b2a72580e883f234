"""What practice is reviewed with, on pages."""

import pytest

from fidelity.models import Instrument
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def test_the_shipped_ones_are_listed(as_facilitator):
    names = [
        instrument.name
        for instrument in as_facilitator.get("/fidelity/instruments/").context["instruments"]
    ]

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


def test_pages_take_few_queries(as_coach, django_assert_max_num_queries):
    rubric = Instrument.objects.get(slug=make.RUBRIC)
    as_coach.get(rubric.get_absolute_url())

    with django_assert_max_num_queries(15):
        as_coach.get(rubric.get_absolute_url())
    with django_assert_max_num_queries(8):
        as_coach.get("/fidelity/instruments/")


def test_an_instrument_that_is_still_a_draft_says_so(as_admin, cast):
    version = make.draft_version(cast.northside.agency)

    html = as_admin.get(version.instrument.get_absolute_url()).content.decode()
    assert "No version of it is published yet." in html
