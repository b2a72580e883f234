"""A year of days on which I wrote."""

from django.urls import reverse
from django.utils import timezone

from reflections.models import Reflection
from tests.reflections import make


def url(year):
    return reverse("reflections:years.show", args=[year])


def kept_at(author, instant):
    entry = make.kept(author, instant)
    Reflection.objects.filter(pk=entry.pk).update(started_at=instant, kept_at=instant)
    return entry


def links(client, year):
    """(day, address) of each day that leads somewhere."""
    answer = client.get(url(year))
    assert answer.status_code == 200
    return [
        (str(day.day), day.url)
        for page in answer.context["months"]
        for week in page.weeks
        for day in week
        if day.url
    ]


def test_a_day_leads_to_its_entry_and_several_to_their_list(as_facilitator, cast):
    one = kept_at(cast.facilitator, "2025-03-02T17:00:00Z")
    for hour in (16, 17):
        kept_at(cast.facilitator, f"2025-07-09T{hour}:00:00Z")
    kept_at(cast.peer_partner, "2025-08-01T17:00:00Z")
    make.draft(cast.facilitator)

    search = reverse("reflections:searches.index")
    assert links(as_facilitator, 2025) == [
        ("2025-03-02", one.get_absolute_url()),
        ("2025-07-09", f"{search}?from=2025-07-09&to=2025-07-09"),
    ]


def test_a_day_is_the_readers_own_also_at_the_turn_of_the_year(as_facilitator, cast):
    cast.facilitator.time_zone = "America/New_York"
    cast.facilitator.save()
    kept_at(cast.facilitator, "2026-01-01T03:00:00Z")  # ten in the evening of the day before

    assert [day for day, _ in links(as_facilitator, 2025)] == ["2025-12-31"]
    assert links(as_facilitator, 2026) == []


def test_it_can_be_read_without_colour_and_counts_nothing(as_facilitator, cast):
    kept_at(cast.facilitator, "2025-03-02T17:00:00Z")

    page = as_facilitator.get(url(2025)).content.decode()

    assert '2<span class="for-screen-reader"> you wrote</span></a>' in page
    assert page.count("<table") == page.count("<caption>") == 12
    assert "1 day" not in page
    assert "streak" not in page


def test_a_year_to_come_is_not_there_and_this_one_ends_with_this_month(as_facilitator):
    today = timezone.localdate()

    assert as_facilitator.get(url(today.year + 1)).status_code == 404
    assert as_facilitator.get(url(1)).status_code == 404
    assert len(as_facilitator.get(url(today.year)).context["months"]) == today.month
    assert "Nothing was kept in this year." in as_facilitator.get(url(2020)).content.decode()


def test_it_takes_as_many_queries_for_many_days(as_facilitator, cast):
    def fill(days):
        for day in range(1, days + 1):
            kept_at(cast.facilitator, f"2025-03-{day:02}T17:00:00Z")
        return make.queries(as_facilitator, url(2025))

    assert fill(1) == fill(28) <= 12
