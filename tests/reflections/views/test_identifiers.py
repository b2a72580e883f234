"""The identifier check: what could tell who a family is, before others read it."""

import logging

import pytest
from django.urls import reverse

from portal.audit.models import Entry
from reflections.models import Question
from tests.communities import make as communities
from tests.reflections import make

ROSA = "I sat with Grandma Rosa at Lincoln Elementary. Rosa's hands shook. Call 614-555-0142."


def url(name, entry):
    return reverse(f"reflections:{name}", args=[entry.key])


def found(answer):
    return [(p.text, str(p.kind), p.count) for p in answer.context["form"].passages]


def sent(entry, answer, instead=None, **fields):
    """What the form sends: replacements by passage; those left out are unticked."""
    chosen = {}
    for passage in answer.context["form"].passages:
        words = (instead or {}).get(passage.text)
        chosen[f"words_{passage.key}"] = str(passage.replacement if words is None else words)
        if instead is None or words is not None:
            chosen[f"use_{passage.key}"] = "on"
    return {"version": entry.version, **chosen, **fields}


def texts(entry):
    entry.refresh_from_db()
    return [text for text in entry.answers.values() if text]


def test_before_sharing_each_passage_is_shown_once_in_its_sentence(as_facilitator, cast):
    entry = make.kept(cast.facilitator, ROSA)

    answer = as_facilitator.get(url("shares.new", entry))

    assert found(answer) == [
        ("Rosa", "name", 2),
        ("Lincoln Elementary", "place", 1),
        ("614-555-0142", "phone", 1),
    ]
    page = answer.content.decode()
    assert "3 passages could tell who a family is" in page
    assert "I sat with Grandma <mark" in page
    assert "A place smaller than a state" in page
    assert "it misses things" in page


def test_what_is_ticked_is_replaced_wherever_it_stands(as_facilitator, cast):
    entry = make.kept(cast.facilitator, ROSA, "Rosa again", skill=None)
    form = as_facilitator.get(url("shares.new", entry))
    instead = {"Rosa": "R", "614-555-0142": ""}

    answer = as_facilitator.post(
        url("identifiers.edit", entry), sent(entry, form, instead, share="1")
    )

    assert answer["Location"] == url("shares.new", entry)
    assert texts(entry) == [
        "I sat with Grandma R at Lincoln Elementary. R's hands shook. Call.",
        "R again",
    ]


def test_replacing_is_a_save_like_any_other(as_facilitator, cast):
    entry = make.kept(cast.facilitator, ROSA, next_time="Wait longer")
    before = entry.version
    form = as_facilitator.get(url("identifiers.edit", entry))

    answer = as_facilitator.post(url("identifiers.edit", entry), sent(entry, form), follow=True)

    entry.refresh_from_db()
    assert entry.version == before + 1
    assert "3 passages are replaced." in answer.content.decode()
    assert entry.commitment.text == "Wait longer"


def test_nothing_ticked_changes_nothing(as_facilitator, cast):
    entry = make.kept(cast.facilitator, ROSA)
    form = as_facilitator.get(url("identifiers.edit", entry))

    as_facilitator.post(url("identifiers.edit", entry), sent(entry, form, {}))

    assert texts(entry) == [ROSA]


def test_what_is_asked_with_an_entry_is_checked_and_replaced_with_it(as_facilitator, cast):
    entry = make.kept(cast.facilitator, "Rosa came late.")
    Question.objects.ask(entry, "Would you have called Rosa Delgado?", by=cast.facilitator)
    form = as_facilitator.get(url("shares.new", entry))
    assert found(form) == [("Rosa", "name", 1), ("Rosa Delgado", "name", 1)]

    as_facilitator.post(url("identifiers.edit", entry), sent(entry, form, {"Rosa Delgado": "her"}))

    assert texts(entry) == ["Rosa came late."]
    assert Question.objects.get().text == "Would you have called her?"


def test_a_question_that_would_grow_too_long_is_left_as_it_is(as_facilitator, cast):
    entry = make.kept(cast.facilitator, "Rosa came late.")
    asked = ("Rosa. " * 50).strip()
    Question.objects.ask(entry, asked, by=cast.facilitator)
    form = as_facilitator.get(url("identifiers.edit", entry))

    answer = as_facilitator.post(
        url("identifiers.edit", entry), sent(entry, form, {"Rosa": "somebody"})
    )

    assert answer.status_code == 422
    assert "up to 300 characters" in answer.content.decode()
    assert texts(entry) == ["Rosa came late."]
    assert Question.objects.get().text == asked


def test_going_on_as_it_is_shares_the_text_as_it_is(as_facilitator, cast):
    entry = make.kept(cast.facilitator, ROSA)

    as_facilitator.post(url("shares.new", entry), {"with": f"user-{cast.supervisor.pk}"})

    assert [share.reader for share in entry.shares.all()] == [cast.supervisor]
    assert texts(entry) == [ROSA]


def test_a_text_that_was_changed_meanwhile_is_left_alone(as_facilitator, cast):
    entry = make.kept(cast.facilitator, ROSA)
    form = as_facilitator.get(url("identifiers.edit", entry))
    old = sent(entry, form)
    entry.save_draft(make.answers("Rosa came late."), version=entry.version)

    answer = as_facilitator.post(url("identifiers.edit", entry), old)

    assert answer.status_code == 422
    assert "The text was changed meanwhile." in answer.content.decode()
    assert texts(entry) == ["Rosa came late."]
    again = sent(entry, answer)
    assert as_facilitator.post(url("identifiers.edit", entry), again).status_code == 302
    assert texts(entry) == ["[name] came late."]


def test_a_long_replacement_is_refused_and_stays_in_its_box(as_facilitator, cast):
    entry = make.kept(cast.facilitator, "Rosa came late.")
    form = as_facilitator.get(url("identifiers.edit", entry))

    answer = as_facilitator.post(
        url("identifiers.edit", entry), sent(entry, form, {"Rosa": "x" * 201})
    )

    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()
    assert texts(entry) == ["Rosa came late."]


def test_a_sentence_is_cut_where_it_ends_and_a_long_one_between_words(as_facilitator, cast):
    long = " ".join(["and we waited"] * 20)
    entry = make.kept(cast.facilitator, f"It rained. So Mrs. Okafor came. {long} for Tanya {long}.")

    okafor, tanya = as_facilitator.get(url("identifiers.edit", entry)).context["form"].passages

    assert (okafor.before, okafor.text, okafor.after) == ("So Mrs. ", "Okafor", " came.")
    assert tanya.before.startswith("…")
    assert tanya.before.endswith("and we waited for ")
    assert tanya.after.startswith(" and we waited")
    assert tanya.after.endswith("…")


def test_where_nothing_is_found_the_page_does_not_praise_itself(as_facilitator, cast):
    entry = make.kept(cast.facilitator, "I talked more than I listened.")

    page = as_facilitator.get(url("shares.new", entry)).content.decode()

    assert "The check found nothing" in page
    assert "It misses things." in page
    assert "anonym" not in page.lower()


def test_people_one_works_with_are_left_out_but_not_a_relative_of_that_name(as_facilitator, cast):
    coach = cast.coach.name.split()[0]
    text = f"{coach} watched me. {cast.admin.name} called. Her aunt {coach} cried."
    entry = make.kept(cast.facilitator, text)

    passages = as_facilitator.get(url("identifiers.edit", entry)).context["form"].passages

    assert [(p.text, p.before, p.count) for p in passages] == [(coach, "Her aunt ", 1)]


def test_names_of_another_agency_are_found(as_facilitator, cast):
    entry = make.kept(cast.facilitator, f"I met {cast.riverbend.admin.name}.")

    assert found(as_facilitator.get(url("identifiers.edit", entry))) == [
        (cast.riverbend.admin.name, "name", 1)
    ]


def test_a_change_after_sharing_is_told_to_the_author_alone(as_facilitator, as_supervisor, cast):
    entry = make.kept(cast.facilitator, ROSA)
    entry.share_with(cast.supervisor, by=cast.facilitator)
    line = "You changed this after you shared it."
    show = url("reflections.show", entry)
    assert line not in as_facilitator.get(show).content.decode()

    entry.save_draft(make.answers("Marcus and Denise came."), version=entry.version)

    page = as_facilitator.get(show).content.decode()
    assert f"{line} 2 passages could tell who a family is." in page
    assert url("identifiers.edit", entry) in page
    assert line not in as_supervisor.get(show).content.decode()


def test_a_change_that_holds_nothing_is_not_spoken_of(as_facilitator, cast):
    entry = make.kept(cast.facilitator, ROSA)
    entry.share_with(cast.supervisor, by=cast.facilitator)
    entry.save_draft(make.answers("I listened."), version=entry.version)

    page = as_facilitator.get(url("reflections.show", entry)).content.decode()

    assert "You changed this" not in page


def test_nothing_of_what_is_found_is_logged_or_recorded(as_facilitator, cast, caplog):
    entry = make.kept(cast.facilitator, ROSA)
    recorded = Entry.objects.count()
    with caplog.at_level(logging.DEBUG):
        form = as_facilitator.get(url("identifiers.edit", entry))
        as_facilitator.post(url("identifiers.edit", entry), sent(entry, form))

    said = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert said
    assert not [words for words in said if "Rosa" in words or "614" in words]
    assert Entry.objects.count() == recorded


def test_more_passages_than_a_page_takes_come_in_turns(as_facilitator, cast):
    numbers = " ".join(f"614-555-{n:04}." for n in range(130))
    entry = make.kept(cast.facilitator, numbers)

    answer = as_facilitator.get(url("identifiers.edit", entry))
    assert "30 more come up once these are done." in answer.content.decode()
    as_facilitator.post(url("identifiers.edit", entry), sent(entry, answer))

    assert len(found(as_facilitator.get(url("identifiers.edit", entry)))) == 30


@pytest.mark.parametrize("name", ["shares.new", "identifiers.edit"])
def test_pages_take_as_many_queries_for_forty_passages_as_for_one(as_facilitator, cast, name):
    communities.circle(cast)
    one = make.kept(cast.facilitator, "Rosa came.")
    many = make.kept(cast.facilitator, " ".join(f"614-555-{n:04}." for n in range(40)))

    few = make.queries(as_facilitator, url(name, one))

    assert make.queries(as_facilitator, url(name, many)) == few <= 12
