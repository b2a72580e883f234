"""Versions: the next one, what is published and stays, what retires."""

import pytest

from fidelity.building.revisions import new_version
from fidelity.models import Instrument, Level, Version
from fidelity.models.readiness import problems_of
from tests.fidelity import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(cast):
    version = make.draft_version(cast.northside.agency)
    version.publish(by=cast.admin, at=make.AT)
    return version


@pytest.fixture
def second(published, cast):
    return new_version(published.instrument, by=cast.coach)


def words(version):
    return [problem.words for problem in problems_of(version)]


def test_every_change_of_a_published_one_is_answered_with_the_offer_of_a_new(as_coach, published):
    item, there = published.items.get(), f"/fidelity/versions/{published.pk}/"

    answers = [
        as_coach.post(there + path, {"wording": "Changed", "kind": "count"})
        for path in (
            f"item/{item.pk}/",
            f"item/{item.pk}/remove/",
            f"item/{item.pk}/place/",
            "item/new/",
            "remove/",
            "publish/",
        )
    ]
    answers.append(as_coach.get(there + "edit/"))

    assert [answer.status_code for answer in answers] == [409] * 7
    assert all("Make a new version" in answer.content.decode() for answer in answers)
    item.refresh_from_db()
    assert item.wording == "First"


def test_one_published_in_another_tab_meanwhile_is_not_changed(as_coach, cast, monkeypatch):
    version = make.draft_version(cast.northside.agency)
    item = version.items.get()
    admitted = Version.changing

    def published_first(self):
        Version.objects.get(pk=self.pk).publish(by=cast.admin)
        return admitted(self)

    monkeypatch.setattr(Version, "changing", published_first)
    there = f"/fidelity/versions/{version.pk}/item/{item.pk}/"

    sent = {"wording": "Changed", "kind": "count"}
    assert as_coach.post(there, sent).status_code == 409
    assert as_coach.post(there + "remove/").status_code == 409
    item.refresh_from_db()
    assert item.wording == "First"


def test_the_next_version_begins_as_a_copy_and_takes_the_place_of_the_one_before(
    as_coach, cast, published
):
    review = make.draft(cast.coach, cast.facilitator, version=published)
    done = make.review(cast.coach, cast.peer_partner, value=1, version=published)
    begin = f"/fidelity/instruments/{published.instrument_id}/versions/new/"
    as_coach.post(begin)
    as_coach.post(begin)  # a second tab

    second = Version.objects.get(instrument=published.instrument, number=2)
    second.items.update(wording="First, put better")
    sheet = as_coach.get(f"/fidelity/versions/{second.pk}/publish/")
    assert sheet.context["changes"] == ["“First” now reads “First, put better”. Its trend goes on."]
    as_coach.post(f"/fidelity/versions/{second.pk}/publish/")

    usable = Version.objects.usable_by(cast.coach).filter(instrument=published.instrument)
    assert list(usable) == [second]
    assert done.scores.get().measure.version == published
    review.submit(by=cast.coach, entries=make.all_at(2, published))  # begun, and finished
    assert Version.objects.get(pk=published.pk).state == "retired"


def test_what_is_answered_otherwise_needs_another_short_name(second):
    assert words(second) == []
    Level.objects.filter(scale__version=second, value=2).update(value=3)

    assert words(second) == [
        "“First” is answered in another way than in the version before: give it another short "
        "name, so that its trend begins anew, or bring back how it was answered."
    ]
    second.items.update(key="first-of-three")
    second.measures.update(parameters={"items": ["first-of-three"]})
    assert words(second) == []


def test_another_unit_needs_another_short_name(second):
    second.measures.update(unit="percent")

    assert "“Mean” has another unit" in words(second)[0]


def test_other_words_of_a_level_are_no_other_answer(second):
    Level.objects.filter(scale__version=second, value=2).update(label="put better")

    assert words(second) == []


def test_a_draft_is_thrown_away_and_what_was_published_stays(as_coach, published, second):
    as_coach.post(f"/fidelity/versions/{second.pk}/remove/")

    assert list(published.instrument.versions.all()) == [published]


def test_retiring_closes_it_to_new_reviews(as_coach, cast, published):
    as_coach.post(f"/fidelity/versions/{published.pk}/retire/")

    assert published not in Version.objects.usable_by(cast.coach)
    assert "It is retired" in as_coach.get(published.get_absolute_url()).content.decode()


def test_a_draft_that_lacks_something_says_what_and_where(as_coach, cast):
    version = make.draft_version(cast.northside.agency)
    version.measures.update(parameters={"items": ["gone"]})

    builder = as_coach.get(f"/fidelity/versions/{version.pk}/edit/").content.decode()
    as_coach.post(f"/fidelity/versions/{version.pk}/publish/")

    measure = version.measures.get()
    assert f'<a href="/fidelity/versions/{version.pk}/measure/{measure.pk}/">Take gone' in builder
    assert Version.objects.get(pk=version.pk).state == "draft"


def test_a_benchmark_with_source_and_date_joins_a_published_version(as_coach, published):
    there = f"/fidelity/measures/{published.measures.get().pk}/benchmarks/"
    told = {"label": "state", "value": "1.5", "source": "State report", "dated": "2026-06-01"}

    as_coach.post(there + "new/", told)
    twice = as_coach.post(there + "new/", told)
    bare = as_coach.post(there + "new/", told | {"label": "other", "source": "", "dated": ""})

    assert twice.context["form"].errors == {"label": ["This measure has this benchmark already."]}
    assert set(bare.context["form"].errors) == {"source", "dated"}
    kept = published.measures.get().benchmarks.get()
    as_coach.post(there, {"benchmark": kept.pk})
    assert published.measures.get().benchmarks.count() == 0


def test_the_first_version_of_the_coding_sheet_takes_no_new_reviews(cast):
    sheet = Instrument.objects.get(slug=make.CODING_SHEET)

    assert [each.state for each in sheet.versions.order_by("number")] == ["retired", "published"]
    assert list(Version.objects.usable_by(cast.coach).filter(instrument=sheet)) == [
        sheet.versions.get(number=2)
    ]
