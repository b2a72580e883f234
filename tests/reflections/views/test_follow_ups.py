"""From a commitment that came back to two lines about it, and to the story of both."""

from django.urls import reverse

from reflections.models import FollowUp, Reflection
from tests.reflections import make


def test_what_was_tried_is_told_in_two_lines_and_read_as_a_story(as_facilitator, cast):
    entry = make.kept(cast.facilitator, "The silence felt long.", next_time="wait")
    there = entry.commitment.get_absolute_url()
    new = reverse("reflections:follow_ups.new", args=[entry.commitment.pk])

    said = as_facilitator.post(there, {"kind": "tried"}, follow=True).content.decode()
    assert f'action="{new}"' in said
    writing = as_facilitator.post(new, follow=True)
    assert "You said: next time I will" in writing.content.decode()
    draft = Reflection.objects.get(follow_up__commitment=entry.commitment)
    sent = make.page(draft, "I waited.", "She spoke.", keep="1")
    as_facilitator.post(writing.request["PATH_INFO"], sent)

    for each in (entry, draft):
        story = reverse("reflections:stories.show", args=[each.key])
        assert story in as_facilitator.get(each.get_absolute_url()).content.decode()
        page = as_facilitator.get(story).content.decode()
        places = [page.index(w) for w in ("felt long", "wait", "I tried it", "I waited", "She")]
        assert places == sorted(places)
    assert "/story/" in as_facilitator.get(there).content.decode()


def test_a_reader_of_both_entries_sees_nothing_of_what_joins_them(as_supervisor, cast):
    first = make.kept(cast.facilitator, next_time=f"wait, {make.SECRET}-2")
    following = FollowUp.objects.begin(first.commitment, by=cast.facilitator)
    written = make.answers("I waited.", prompts=following.prompt_set)
    following.save_draft(written, version=following.version)
    following.keep()

    for entry in (first, following):
        entry.share_with(cast.supervisor, by=cast.facilitator)
        page = as_supervisor.get(entry.get_absolute_url()).content.decode()
        assert f"{make.SECRET}-2" not in page
        assert "/story/" not in page
        story = reverse("reflections:stories.show", args=[entry.key])
        assert as_supervisor.get(story).status_code == 403


def test_an_entry_says_when_its_commitment_comes_back_as_long_as_it_does(as_facilitator, cast):
    entry = make.kept(cast.facilitator, next_time="wait")
    words = "It comes back to you on"
    assert words in as_facilitator.get(entry.get_absolute_url()).content.decode()

    entry.commitment.settle("tried", by=cast.facilitator)

    page = as_facilitator.get(entry.get_absolute_url()).content.decode()
    assert words not in page
    assert entry.commitment.get_absolute_url() in page


def test_an_entry_that_led_nowhere_has_no_story_to_read(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    assert "/story/" not in as_facilitator.get(entry.get_absolute_url()).content.decode()


def test_asking_for_a_follow_up_begins_none(as_facilitator, cast):
    entry = make.kept(cast.facilitator, next_time="wait")

    answer = as_facilitator.get(reverse("reflections:follow_ups.new", args=[entry.commitment.pk]))

    assert answer["Location"] == entry.commitment.get_absolute_url()
    assert not FollowUp.objects.exists()
