"""The journal's pages."""

import uuid

from django.test import Client
from django.urls import reverse

from communities.models import Commitment
from portal.notices.models import Notice
from portal.practice.models import Skill
from reflections.models import PromptSet, Reflection
from tests import make as people
from tests.reflections import make


def url(name, entry=None):
    return reverse(f"reflections:reflections.{name}", args=[entry.key] if entry else [])


def text_of(answer) -> str:
    return answer.content.decode()


def test_an_empty_journal_says_what_will_be_there(as_facilitator):
    assert "Your reflections will be here" in text_of(as_facilitator.get(url("index")))


def test_a_journal_lists_drafts_and_months_and_only_mine(as_facilitator, cast):
    make.draft(cast.facilitator, "Half a thought")
    make.kept(cast.facilitator, "A whole one")
    make.kept(cast.peer_partner, "Someone else's")

    page = text_of(as_facilitator.get(url("index")))

    assert page.index("Half a thought") < page.index("A whole one")
    assert "Someone else" not in page


def test_a_journal_takes_as_many_queries_for_thirty_as_for_one(as_facilitator, cast):
    def fill(entries):
        for number in range(entries):
            entry = make.kept(cast.facilitator, f"Number {number}")
            entry.share_with(cast.supervisor, by=cast.facilitator)
            make.draft(cast.facilitator, f"Draft {number}")
        return make.queries(as_facilitator, url("index"))

    assert fill(1) == fill(29) <= 12


def test_a_blank_page_has_an_address_that_a_reload_finds_again(as_facilitator):
    answer = as_facilitator.get(url("new"))
    page = as_facilitator.get(answer["Location"])

    assert page.status_code == 200
    assert "Only you can read this." in text_of(page)
    assert "Reflections have no legal privilege." in text_of(page)
    assert [box.label for box in page.context["form"].boxes()] == [
        "What?",
        "So what?",
        "Now what?",
    ]
    assert not Reflection.objects.exists()


def test_a_page_can_begin_with_other_prompts(as_facilitator):
    gibbs = PromptSet.objects.get(slug="gibbs")

    answer = as_facilitator.get(url("new"), {"prompts": gibbs.pk}, follow=True)

    assert len(answer.context["form"].boxes()) == 6


def test_withdrawn_prompts_are_explained_and_replaced(as_facilitator, cast):
    gibbs = PromptSet.objects.get(slug="gibbs")
    gibbs.withdraw(by=cast.admin)

    answer = as_facilitator.get(url("new"), {"prompts": gibbs.pk}, follow=True)

    assert answer.status_code == 200
    assert "These prompts are not offered any more." in text_of(answer)


def test_whoever_has_no_prompts_on_offer_still_writes(as_facilitator, cast):
    for each in PromptSet.objects.all():
        each.withdraw(by=cast.admin)

    assert as_facilitator.get(url("new"), follow=True).status_code == 200


def test_writing_without_script_keeps_an_entry_and_its_commitment(as_facilitator, cast):
    key, skill = uuid.uuid4(), Skill.objects.get(slug="summaries")
    sent = make.page(None, "She spoke first.", skill=skill.pk, next_time="wait", keep="1")

    answer = as_facilitator.post(reverse("reflections:reflections.edit", args=[key]), sent)

    entry = Reflection.objects.get()
    assert answer["Location"] == entry.get_absolute_url()
    assert (entry.is_kept, entry.skill) == (True, skill)
    assert Commitment.objects.get().text == "wait"


def test_keeping_an_empty_page_says_what_to_do_and_keeps_the_page(as_facilitator):
    key = uuid.uuid4()
    sent = make.page(None, "", next_time="wait", keep="1")

    answer = as_facilitator.post(reverse("reflections:reflections.edit", args=[key]), sent)

    assert answer.status_code == 422
    assert "Write something in one of the boxes before you keep it." in text_of(answer)
    assert "wait</textarea>" in text_of(answer).replace("\n", "")


def test_a_day_gone_by_is_refused_with_everything_typed(as_facilitator):
    key = uuid.uuid4()
    sent = make.page(None, "A", next_time="wait", next_time_on="2020-01-01", keep="1")

    answer = as_facilitator.post(reverse("reflections:reflections.edit", args=[key]), sent)

    assert answer.status_code == 422
    assert "Choose today or a day that is still to come." in text_of(answer)


def test_without_script_too_both_texts_are_shown_and_the_next_save_is_mine(as_facilitator, cast):
    draft = make.draft(cast.facilitator, "On the laptop")
    sent = make.page(draft, "On the phone", version=0)

    answer = as_facilitator.post(url("edit", draft), sent)
    again = as_facilitator.post(
        url("edit", draft), sent | {"version": answer.context["form"]["version"].value()}
    )

    assert answer.status_code == 409
    assert "On the laptop" in text_of(answer)
    assert "On the phone" in text_of(answer)
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.first_words == "On the phone"


def test_text_stays_text(as_facilitator, cast):
    entry = make.kept(
        cast.facilitator, "<script>alert(1)</script> https://nwi.pdx.edu\n<img src=x onerror=y>"
    )

    page = text_of(as_facilitator.get(url("show", entry)))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<a href="https://nwi.pdx.edu" rel="nofollow">' in page
    assert "<img src=x" not in page


def test_the_author_sees_who_opened_it_and_when(as_facilitator, as_supervisor, cast):
    entry = make.shared_with_supervisor(cast)

    assert "Nobody has opened it yet." in text_of(as_facilitator.get(url("show", entry)))
    as_supervisor.get(url("show", entry))

    answer = as_facilitator.get(url("show", entry))
    assert [opening.reader for opening in answer.context["openings"]] == [cast.supervisor]
    assert entry.openings.count() == 1


def test_a_reader_sees_no_other_reader_opening_or_thread(as_supervisor, cast):
    entry = make.shared_with_circle(cast)
    entry.share_with(cast.supervisor, by=cast.facilitator)
    entry.respond(by=cast.coach, text="Between the two of us")
    entry.open_by(cast.coach)

    page = text_of(as_supervisor.get(url("show", entry)))

    assert "Between the two of us" not in page
    assert cast.coach.name not in page


def test_an_entry_takes_at_most_twelve_queries_whatever_hangs_on_it(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    def fill(readers):
        for _ in range(readers):
            reader = people.person()
            people.supervision(reader, cast.facilitator, cast.northside.agency)
            entry.share_with(reader, by=cast.facilitator)
            entry.open_by(reader)
            entry.respond(by=reader, text="And then?")
        as_facilitator.get(url("show", entry))  # that it is read is noted, once
        return make.queries(as_facilitator, url("show", entry))

    assert fill(1) == fill(29) <= 12


def test_removing_explains_first_and_then_removes(as_facilitator, cast):
    entry = make.shared_with_supervisor(cast)

    assert "You can bring it back for 30 days" in text_of(as_facilitator.get(url("remove", entry)))
    assert list(Reflection.objects.by(cast.facilitator)) == [entry]
    as_facilitator.post(url("remove", entry))

    assert not Reflection.objects.by(cast.facilitator).exists()


def test_a_visitor_is_asked_to_sign_in_and_comes_back(cast):
    entry = make.shared_with_supervisor(cast)

    answer = Client().get(url("show", entry))

    assert answer["Location"].endswith(f"?next={entry.get_absolute_url()}")


def test_what_its_readers_and_its_author_were_told_is_read_once_they_opened_it(
    as_facilitator, as_supervisor, cast
):
    entry = make.shared_with_supervisor(cast)
    unread = Notice.objects.unread()

    as_facilitator.get(url("show", entry))
    assert [notice.recipient for notice in unread.all()] == [cast.supervisor]
    as_supervisor.get(url("show", entry))
    assert not unread.exists()

    entry.respond(by=cast.supervisor, text="And then?")
    as_supervisor.get(url("show", entry))
    assert [notice.recipient for notice in unread.all()] == [cast.facilitator]
    as_facilitator.get(url("show", entry))
    assert not unread.exists()
