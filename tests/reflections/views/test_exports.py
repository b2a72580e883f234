"""My journal as a file: whole, mine alone, on record without a word."""

import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from communities.models import Commitment, Outcome
from portal.audit.models import Entry
from portal.practice.models import Skill
from reflections.exports.as_markdown import escaped
from reflections.models import FollowUp, Question, Reflection, ThreadShare
from tests.communities import make as communities
from tests.reflections import make

URL = reverse("reflections:exports.new")
FORMATS = ("pdf", "markdown", "json")
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "journal-export.md"
HARD = "Żółć é ñ ü 🙂👩‍👧 שלום مرحبا \u200f\u0007 <b>& *stars* " + "w" * 400


def taken(client, chosen: str, **also) -> bytes:
    answer = client.post(URL, {"format": chosen, **also})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def read(client, chosen: str, **also) -> str:
    content = taken(client, chosen, **also)
    if chosen == "pdf":
        pages = PdfReader(io.BytesIO(content)).pages
        return "\n".join(page.extract_text() for page in pages)
    return content.decode()


def a_full_entry(cast):
    skill = Skill.objects.get(slug="summaries")
    entry = make.draft(cast.facilitator, "She spoke first")
    about = {"skill": skill.pk, "next_time": "Wait longer"}
    entry.save_draft(make.answers("She spoke first"), version=1, about=about)
    entry.keep()
    entry.commitment.settle(Outcome.Kind.TRIED, by=cast.facilitator, words="It was quiet")
    entry.share_with(cast.supervisor, by=cast.facilitator)
    entry.share_with(communities.circle(cast), by=cast.facilitator)
    entry.open_by(cast.supervisor)
    entry.respond(by=cast.supervisor, text="And then?")
    entry.respond(by=cast.facilitator, text="Nothing yet", reader=cast.supervisor)
    entry.rate((skill.pk, 4))
    Question.objects.ask(entry, "What would you have tried?", by=cast.facilitator)
    with_circle = entry.shares.exclude(community=None).get()
    ThreadShare.objects.show(entry, cast.supervisor, with_circle, by=cast.facilitator)
    return entry


@pytest.mark.parametrize("chosen", FORMATS)
def test_everything_that_hangs_on_an_entry_is_in_it(as_facilitator, cast, chosen):
    entry = a_full_entry(cast)
    make.draft(cast.facilitator, "Half a thought")

    text = read(as_facilitator, chosen)

    for words in ("What?", "She spoke first", "Wait longer", "It was quiet", "And then?",
                  "Nothing yet", "Half a thought", "What would you have tried?",
                  cast.supervisor.name):  # fmt: skip
        assert words in text, words
    assert Skill.objects.get(slug="summaries").name in text
    for share in entry.shares.all():
        assert str(share.reader) in text
    if chosen != "json":
        assert "of 5" in text and "Who else reads a thread" in text
        assert "It comes back on" not in text  # it was tried


@pytest.mark.parametrize("chosen", FORMATS)
def test_a_follow_up_is_in_it_with_what_it_follows(as_facilitator, cast, chosen):
    entry = a_full_entry(cast)
    told = FollowUp.objects.begin(entry.commitment, by=cast.facilitator)
    told.save_draft({told.prompt_set.prompts.first().pk: "She waited too"}, version=told.version)
    told.keep()

    text = read(as_facilitator, chosen)

    assert "She waited too" in text
    if chosen == "json":
        follows = json.loads(text)["entries"][1]["follows"]
        assert (follows["text"], follows["entry"]) == ("Wait longer", str(entry.key))
        assert follows["outcomes"][0]["words"] == "It was quiet"
    else:
        assert text.count("Wait longer") == 2
        assert "From your entry of" in text


def test_what_was_promised_in_a_session_follows_no_entry(as_facilitator, cast):
    promised = Commitment.make(
        person=cast.facilitator, text="Ask first", due_on=make.SOME_TIME_AGO.date()
    )
    FollowUp.objects.begin(promised, by=cast.facilitator)

    (entry,) = json.loads(taken(as_facilitator, "json"))["entries"]

    assert (entry["follows"]["text"], entry["follows"]["entry"]) == ("Ask first", None)


def test_json_has_ratings_questions_and_whom_a_thread_is_open_to(as_facilitator, cast):
    with_circle = a_full_entry(cast).shares.exclude(community=None).get()

    (entry,) = json.loads(taken(as_facilitator, "json"))["entries"]

    assert (entry["rating"]["skill"], entry["rating"]["value"]) == ("Summaries", 4)
    assert entry["question"]["text"] == "What would you have tried?"
    (thread,) = entry["threads_open_to"]
    assert thread["with"] == cast.supervisor.name
    assert thread["open_to"] == str(with_circle.reader)


@pytest.mark.parametrize("chosen", FORMATS)
def test_one_year_has_what_was_kept_in_it_by_the_authors_clock(as_facilitator, cast, chosen):
    new_years_eve = datetime(2025, 1, 1, 3, tzinfo=UTC)  # still 2024 in New York
    for words, at in (("The last of it", new_years_eve), ("Much later", make.SOME_TIME_AGO)):
        key = make.kept(cast.facilitator, words).pk
        Reflection.objects.filter(pk=key).update(started_at=at, kept_at=at)

    assert '<option value="2024">2024</option>' in as_facilitator.get(URL).content.decode()
    text = read(as_facilitator, chosen, year=2024)

    assert "The last of it" in text
    assert "Much later" not in text


def test_a_strange_year_is_refused_in_words(as_facilitator, cast):
    answer = as_facilitator.post(URL, {"format": "json", "year": "1066"})

    assert answer.status_code == 422
    assert not Entry.objects.filter(kind="reflections.exported").exists()


def test_what_is_too_long_for_one_pdf_is_had_by_years_or_otherwise(
    as_facilitator, cast, monkeypatch
):
    monkeypatch.setattr("reflections.exports.as_pdf.MOST", 30)
    entry = make.shared_with_supervisor(cast)
    entry.respond(by=cast.supervisor, text="And then?" * 5)

    answer = as_facilitator.post(URL, {"format": "pdf"})

    assert answer.status_code == 422
    assert "Choose a year, or take Markdown" in answer.content.decode()
    assert not Entry.objects.filter(kind="reflections.exported").exists()
    assert "And then?" in read(as_facilitator, "markdown")


def test_the_pdf_says_which_signs_it_lacks_and_puts_a_box_for_each(as_facilitator, cast):
    make.kept(cast.facilitator, "She said שלום")

    text = re.sub(r"\s+", " ", read(as_facilitator, "pdf"))

    assert "Hebrew or Arabic say, are each a ▯ here" in text
    assert "She said ▯▯▯▯" in text


@pytest.mark.parametrize("chosen", FORMATS)
def test_nothing_of_anybody_else_and_nothing_removed_is_in_it(as_supervisor, cast, chosen):
    a_full_entry(cast)
    make.kept(cast.supervisor, "My own words")
    make.kept(cast.supervisor, "Gone by now").remove(by=cast.supervisor)

    text = read(as_supervisor, chosen)

    assert "My own words" in text
    for words in ("She spoke first", "And then?", "Wait longer", "Gone by now"):
        assert words not in text


@pytest.mark.parametrize("chosen", FORMATS)
def test_it_says_what_is_left_out(as_facilitator, cast, chosen):
    text = re.sub(r"\s+", " ", read(as_facilitator, chosen))

    assert "earlier versions of an entry" in text
    assert "earlier versions of an entry" in as_facilitator.get(URL).content.decode()


@pytest.mark.parametrize("chosen", FORMATS)
def test_emoji_other_scripts_and_endless_words_break_nothing(as_facilitator, cast, chosen):
    make.kept(cast.facilitator, HARD)

    text = read(as_facilitator, chosen)

    assert "Żółć é ñ ü" in text
    if chosen == "json":
        assert json.loads(text)["entries"][0]["answers"][0]["text"] == HARD
    if chosen == "markdown":
        assert "🙂👩‍👧 שלום مرحبا" in text


def test_questions_are_as_they_were_asked(as_facilitator, cast):
    make.kept(cast.facilitator, "One")
    make.three_questions().revise([("Only this?", "")], by=cast.admin)

    (entry,) = json.loads(taken(as_facilitator, "json"))["entries"]

    assert entry["answers"] == [{"question": "What?", "text": "One"}]


def test_the_json_has_the_fields_that_its_page_documents_and_no_others(as_facilitator, cast):
    a_full_entry(cast)
    whole = json.loads(taken(as_facilitator, "json"))
    head, entry = SCHEMA.read_text().split("\nAn entry:")

    def documented(table):
        rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        return {name for row in rows for name in re.findall(r"`(\w+)`", row)}

    assert set(whole) == documented(head)
    assert set(whole["entries"][0]) == documented(entry)
    assert f'`"{whole["schema"]}"`' in head


@pytest.mark.parametrize("chosen", FORMATS)
def test_that_it_was_taken_is_on_record_without_a_word(as_facilitator, cast, chosen):
    make.kept(cast.facilitator)

    taken(as_facilitator, chosen)

    (entry,) = Entry.objects.filter(kind="reflections.exported")
    assert (entry.actor_id, entry.subject_id) == (cast.facilitator.pk, cast.facilitator.pk)
    assert make.SECRET not in str(list(Entry.objects.values_list()))


def test_it_is_a_file_that_no_cache_keeps(as_facilitator, cast):
    answer = as_facilitator.post(URL, {"format": "json"})

    assert answer["Content-Disposition"].startswith('attachment; filename="journal-')
    assert answer["Cache-Control"] == "private, no-store"
    assert cast.facilitator.name.split()[0] not in answer["Content-Disposition"]


def test_a_strange_format_is_none(as_facilitator):
    assert as_facilitator.post(URL, {"format": "docx"}).status_code == 404
    assert not Entry.objects.filter(kind="reflections.exported").exists()


@pytest.mark.parametrize("chosen", FORMATS)
def test_it_takes_as_many_queries_for_many_entries_as_for_one(as_facilitator, cast, chosen):
    def fill(entries):
        for _ in range(entries):
            a_full_entry(cast)
        with CaptureQueriesContext(connection) as captured:
            taken(as_facilitator, chosen)
        return len(captured)

    fill(1)  # what a process reads once
    assert fill(1) == fill(3)


def test_large_journals_come_in_parts_and_in_order(as_facilitator, cast, monkeypatch):
    monkeypatch.setattr("reflections.exports.journal.AT_ONCE", 2)
    for number in range(5):
        make.kept(cast.facilitator, f"Number {number}")

    entries = json.loads(taken(as_facilitator, "json"))["entries"]

    assert [each["answers"][0]["text"] for each in entries] == [f"Number {n}" for n in range(5)]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# A heading", r"\# A heading"),
        ("- one\n+ two\n12. three", "\\- one\n\\+ two\n12\\. three"),
        ("---\n===", "\\---\n\\==="),
        ("*so* [so](x) `so` <b>", r"\*so\* \[so\](x) \`so\` \<b\>"),
        ("Plain. As it was - typed.", "Plain. As it was - typed."),
    ],
)
def test_what_was_typed_stays_text_in_markdown(typed, shown):
    assert escaped(typed) == shown
