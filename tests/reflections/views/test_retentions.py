"""How long journals are kept, and holds: what admins set and authors see."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Entry
from reflections.models import Hold, Reflection, Retention
from tests.clock import day_of
from tests.reflections import make

JOURNAL = reverse("reflections:reflections.index")


def page_of(cast) -> str:
    return reverse("reflections:retentions.edit", args=[cast.northside.agency.pk])


def text_of(answer) -> str:
    return answer.content.decode()


def kinds() -> list[str]:
    told = Entry.objects.filter(kind__regex=r"^(retention|hold)\.")
    return list(told.order_by("pk").values_list("kind", flat=True))


def test_an_admin_decides_and_authors_read_it(as_admin, as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    as_admin.post(page_of(cast), {"years": "3"})

    assert "keeps reflections for 3 years" in text_of(as_facilitator.get(JOURNAL))
    end = day_of(entry.kept_at.replace(year=entry.kept_at.year + 3))
    assert f'until <time datetime="{end.isoformat()}">' in text_of(
        as_facilitator.get(entry.get_absolute_url())
    )


def test_another_agencys_authors_read_nothing_of_it(as_admin, as_person, cast):
    as_admin.post(page_of(cast), {"years": "3"})

    page = text_of(as_person(cast.riverbend.facilitator).get(JOURNAL))
    assert "keeps reflections" not in page


def test_deciding_is_dated_and_on_record_and_twice_is_as_once(as_admin, cast):
    for years in ("3", "3", "5", "", ""):
        as_admin.post(page_of(cast), {"years": years})

    assert list(Retention.objects.order_by("pk").values_list("years", flat=True)) == [3, 5]
    assert not Retention.objects.current().exists()
    assert kinds() == ["retention.set", "retention.set", "retention.lifted"]


@pytest.mark.parametrize("years", ["0", "-1", "51", "a few"])
def test_a_strange_number_of_years_is_refused(as_admin, cast, years):
    answer = as_admin.post(page_of(cast), {"years": years})

    assert answer.status_code == 422
    if years.lstrip("-").isdecimal():
        assert "Choose from 1 to 50 years." in answer.content.decode()
    assert not Retention.objects.exists()


def test_the_database_refuses_it_too_and_a_second_that_holds(cast):
    decided = {"agency": cast.northside.agency, "years": 2}
    Retention.objects.create(**decided)

    for wrong in ({"years": 0}, {"years": 51}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Retention.objects.create(**decided | wrong)


def test_an_entry_older_than_that_stays_a_month_at_least(as_admin, as_facilitator, cast):
    entry = make.kept(cast.facilitator)
    long_ago = timezone.now() - timedelta(days=2000)
    Reflection.objects.update(started_at=long_ago, kept_at=long_ago)
    as_admin.post(page_of(cast), {"years": "1"})

    page = text_of(as_facilitator.get(entry.get_absolute_url()))

    soonest = day_of(timezone.now() + timedelta(days=31))
    assert f'until <time datetime="{soonest.isoformat()}">' in page


def test_an_admin_holds_a_journal_and_its_author_reads_why(as_admin, as_facilitator, cast):
    entry = make.kept(cast.facilitator)
    sent = {"person": cast.facilitator.pk, "reason": "A lawsuit",
            "first_day": cast.northside.agency.day_of(timezone.now()).isoformat()}  # fmt: skip

    url = reverse("reflections:holds.new", args=[cast.northside.agency.pk])
    assert as_admin.post(url, sent).status_code == 302

    assert cast.facilitator.name in text_of(as_admin.get(page_of(cast)))
    for url in (JOURNAL, entry.get_absolute_url()):
        page = text_of(as_facilitator.get(url))
        assert "under a legal hold" in page
        assert "A lawsuit" in page
    assert kinds() == ["hold.placed"]


def test_a_hold_opens_nothing_to_whoever_placed_it(as_admin, cast):
    entry = make.kept(cast.facilitator)
    make.hold(cast)

    page = text_of(as_admin.get(page_of(cast)))

    assert as_admin.get(entry.get_absolute_url()).status_code == 404
    assert list(Reflection.objects.visible_to(cast.admin)) == []
    assert make.SECRET not in page


def test_readers_of_an_entry_read_nothing_of_holds_and_ends(as_supervisor, as_admin, cast):
    entry = make.shared_with_supervisor(cast)
    make.hold(cast)
    as_admin.post(page_of(cast), {"years": "3"})

    page = text_of(as_supervisor.get(entry.get_absolute_url()))

    assert "legal hold" not in page
    assert "keeps reflections" not in page


def test_a_hold_is_for_someone_of_the_agency_with_a_reason_and_days_in_order(as_admin, cast):
    url = reverse("reflections:holds.new", args=[cast.northside.agency.pk])
    good = {"person": cast.leaver.pk, "reason": "A lawsuit", "first_day": "2026-01-05"}
    for wrong in (
        {"person": cast.riverbend.facilitator.pk},
        {"reason": " "},
        {"last_day": "2026-01-04"},
    ):
        assert as_admin.post(url, good | wrong).status_code == 422, wrong
    assert as_admin.post(url, good).status_code == 302

    with pytest.raises(ValidationError):
        Hold.objects.place(
            cast.riverbend.facilitator, cast.northside.agency, reason="A lawsuit", by=cast.admin
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(person=cast.leaver, agency=cast.northside.agency, reason="")


@pytest.mark.parametrize(
    ("first", "last"), [("0001-01-01", ""), ("2026-01-05", "9999-12-31"), ("9999-12-31", "")]
)
def test_a_day_that_no_clock_has_is_refused(as_admin, cast, first, last):
    sent = {"person": cast.facilitator.pk, "reason": "A lawsuit", "first_day": first}
    url = reverse("reflections:holds.new", args=[cast.northside.agency.pk])

    answer = as_admin.post(url, {**sent, "last_day": last})

    assert answer.status_code == 422
    assert not Hold.objects.exists()


def test_ending_a_hold_twice_is_as_once(as_admin, as_facilitator, cast):
    hold = make.hold(cast)
    url = reverse("reflections:holds.remove", args=[hold.pk])

    as_admin.get(url)
    assert Hold.objects.current().exists()
    as_admin.post(url)
    as_admin.post(url)

    assert kinds() == ["hold.placed", "hold.ended"]
    assert "legal hold" not in text_of(as_facilitator.get(JOURNAL))


def test_a_hold_that_has_not_begun_ends_as_it_begins(cast):
    hold = make.hold(cast, since=timezone.now() + timedelta(days=3))

    hold.end(by=cast.admin)
    hold.end(by=cast.admin)

    assert not Hold.objects.current(hold.since + timedelta(seconds=1)).exists()
    assert kinds() == ["hold.placed", "hold.ended"]


def test_pages_take_as_many_queries_for_many_holds_as_for_one(as_admin, as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    def fill(holds):
        for _ in range(holds):
            make.hold(cast)
        pages = (page_of(cast), as_admin), (JOURNAL, as_facilitator)
        counts = [make.queries(client, url) for url, client in pages]
        return [*counts, make.queries(as_facilitator, entry.get_absolute_url())]

    first = fill(1)
    assert first == fill(4)
    assert max(first) <= 12
