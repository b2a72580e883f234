"""Full text: what matches, what comes first, and what is shown of it."""

import pytest
from django.http import QueryDict

from communities.finder import Filter, Finder
from communities.models import Post
from portal import search
from portal.search import best, marked, with_highlights
from tests.communities import make, make_exchange


@pytest.fixture
def circle(cast):
    return make.circle(cast)


def found(words):
    return list(best(Post.objects.all(), words))


def test_a_title_counts_more_than_the_situation(circle, cast):
    below = make_exchange.post(circle, cast.coach, title="Silence", situation="A kitchen.")
    above = make_exchange.post(circle, cast.coach, title="Kitchen talk")

    assert found("kitchen") == [above, below]


def test_words_are_found_in_their_other_forms(circle, cast):
    post = make_exchange.post(circle, cast.coach, title="She reflected and listened")

    assert found("reflecting listen") == [post]


def test_phrases_alternatives_and_exclusions(circle, cast):
    one = make_exchange.post(circle, cast.coach, title="Open question")
    two = make_exchange.post(circle, cast.coach, title="Question left open")

    assert found('"open question"') == [one]
    assert found("question -left") == [one]
    assert found("nowhere or left") == [two]


@pytest.mark.parametrize("words", ["the", "'", "((", "a & | !", "\\", "%", ":*", '"', "🌱", "-"])
def test_any_words_get_an_answer(circle, cast, words):
    make_exchange.post(circle, cast.coach)

    assert found(words) == []


def test_of_very_many_matches_the_newest_are_ranked(circle, cast, monkeypatch):
    monkeypatch.setattr(search, "RANKED", 2)
    make_exchange.post(circle, cast.coach, title="Waiting, waiting, waiting")
    newest = [make_exchange.post(circle, cast.coach, happened="Waiting.") for _ in range(2)]

    assert found("waiting") == newest[::-1]


def test_hits_are_marked_and_everything_else_is_escaped(circle, cast):
    make_exchange.post(
        circle, cast.coach, title="<b>Ask</b> & wait", happened="<script>ask()</script> asked"
    )
    rows = with_highlights(Post.objects.all(), "ask", title="title", text=["happened", "learned"])
    row = rows.get()

    assert marked(row.hit_title) == "&lt;b&gt;<mark>Ask</mark>&lt;/b&gt; &amp; wait"
    assert "<mark>asked</mark>" in marked(row.hit_text)
    assert "<script" not in marked(row.hit_text)


def test_marks_that_somebody_typed_open_nothing():
    assert marked("a\ue001b\ue000c") == "abc"
    assert marked("\ue000<i>\ue001") == "<mark>&lt;i&gt;</mark>"


def finder(query, **choices):
    return Finder(
        QueryDict(query),
        [Filter(name, name, "any", name, pairs) for name, pairs in choices.items()],
    )


@pytest.mark.parametrize(
    "query",
    ["kind=best", "kind=1%27", "before=x", "before=-1", "page=0", "before=" + "9" * 40, "q=%00"],
)
def test_an_address_that_makes_no_sense_asks_for_nothing(query):
    asked = finder(query, kind=Post.Kind.choices)

    assert not asked.is_narrowed
    assert (asked.before, asked.page) == (0, 1)


def test_the_address_keeps_what_was_asked_for():
    asked = finder("q=ask+first&kind=worked&before=9", kind=Post.Kind.choices)

    assert asked.address(page=2) == "?q=ask+first&kind=worked&page=2"
