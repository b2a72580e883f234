"""Removed: until when, and back in one tap."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from reflections.models import Reflection
from tests.clock import day_of
from tests.reflections import make

INDEX = reverse("reflections:removals.index")


def at(name, entry) -> str:
    return reverse(f"reflections:{name}", args=[entry.key])


def text_of(answer) -> str:
    return answer.content.decode()


def removed(author, *texts) -> Reflection:
    entry = make.kept(author, *texts)
    entry.remove(by=author)
    return entry


def test_it_lists_what_i_removed_with_its_last_day_and_nothing_of_others(as_facilitator, cast):
    entry = removed(cast.facilitator, "A whole one")
    removed(cast.peer_partner, "Someone else's")

    page = text_of(as_facilitator.get(INDEX))

    last = day_of(entry.removal.goes_at)
    assert "A whole one" in page
    assert f'<time datetime="{last.isoformat()}">' in page
    assert "Someone else" not in page


def test_one_tap_brings_it_back(as_facilitator, cast):
    entry = removed(cast.facilitator)

    answer = as_facilitator.post(at("removals.remove", entry))

    assert answer["Location"] == entry.get_absolute_url()
    assert list(Reflection.objects.by(cast.facilitator)) == [entry]


def test_its_pages_lead_to_where_it_can_be_brought_back(as_facilitator, cast):
    entry = removed(cast.facilitator, "A whole one")

    for name in ("reflections.show", "reflections.edit"):
        answer = as_facilitator.get(at(name, entry))
        assert answer["Location"] == at("removals.remove", entry), name
    assert "A whole one" in text_of(as_facilitator.get(at("removals.remove", entry)))


def test_those_who_could_read_it_find_it_nowhere(as_supervisor, cast):
    entry = make.shared_with_supervisor(cast)
    entry.remove(by=cast.facilitator)

    for name in ("reflections.show", "reflections.edit", "responses.new", "removals.remove"):
        assert as_supervisor.get(at(name, entry)).status_code == 404, name
    assert make.SECRET not in text_of(as_supervisor.get(reverse("reflections:responses.index")))


def test_what_a_page_saves_by_itself_is_kept_though_it_was_removed_meanwhile(as_facilitator, cast):
    entry = make.draft(cast.facilitator, "On the laptop")
    entry.remove(by=cast.facilitator)

    answer = as_facilitator.post(at("drafts.edit", entry), make.page(entry, "On the phone"))

    entry.refresh_from_db()
    assert answer.status_code == 200
    assert entry.first_words == "On the phone"
    assert not Reflection.objects.by(cast.facilitator).exists()


def test_whoever_keeps_a_page_that_was_removed_meanwhile_has_it_back(as_facilitator, cast):
    entry = make.shared_with_supervisor(cast)
    entry.remove(by=cast.facilitator)

    sent = make.page(entry, "On the phone", keep="1")
    answer = as_facilitator.post(at("reflections.edit", entry), sent)

    assert answer["Location"] == entry.get_absolute_url()
    assert list(Reflection.objects.by(cast.facilitator)) == [entry]
    assert not entry.shares.exists()


def test_a_hold_is_said_in_place_of_the_last_day(as_facilitator, cast):
    entry = removed(cast.facilitator)
    make.hold(cast, until=timezone.now() + timedelta(days=400))

    for url in (INDEX, at("removals.remove", entry)):
        page = text_of(as_facilitator.get(url))
        assert "under a legal hold" in page
        assert "A lawsuit" in page
        assert "It goes for good on" not in page


def test_an_empty_list_says_what_will_be_there(as_facilitator):
    assert "Nothing is removed" in text_of(as_facilitator.get(INDEX))


def test_the_list_takes_as_many_queries_for_many_as_for_one(as_facilitator, cast):
    def fill(entries):
        for _ in range(entries):
            removed(cast.facilitator)
        return make.queries(as_facilitator, INDEX)

    assert fill(1) == fill(9) <= 12
