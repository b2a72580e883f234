"""Looking for what I wrote."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from portal.practice.models import Phase, Principle, Skill
from reflections.models import Reflection
from tests.communities import make as communities
from tests.reflections import make

INDEX = reverse("reflections:searches.index")


def found(client, **asked):
    answer = client.get(INDEX, asked)
    assert answer.status_code == 200
    return [hit.line.words for hit in answer.context["found"].rows]


def kept_on(author, day, text, **about):
    entry = make.kept(author, text, **about)
    Reflection.objects.filter(pk=entry.pk).update(
        kept_at=f"{day}T17:00:00Z", started_at=f"{day}T16:00:00Z"
    )
    return entry


def test_words_find_entries_in_their_other_forms_and_the_best_comes_first(as_facilitator, cast):
    make.kept(cast.facilitator, "I listened once, and then talked and talked about plans")
    make.kept(cast.facilitator, "Listening, listening")
    make.kept(cast.facilitator, "A heron")

    assert found(as_facilitator, q="listen") == [
        "Listening, listening",
        "I listened once, and then talked and talked about plans",
    ]
    assert found(as_facilitator, q="listen -plans") == ["Listening, listening"]
    assert found(as_facilitator, q="kingfisher") == []


def test_only_ones_own_is_found_whatever_is_shared(as_supervisor, as_admin, as_facilitator, cast):
    make.shared_with_supervisor(cast)

    assert len(found(as_facilitator, q=make.SECRET)) == 1
    for client in (as_supervisor, as_admin):
        assert found(client, q=make.SECRET) == []
        assert found(client) == []


def test_drafts_and_what_was_removed_are_not_found(as_facilitator, cast):
    make.draft(cast.facilitator, "A heron")
    make.kept(cast.facilitator, "Another heron").remove(by=cast.facilitator)

    assert found(as_facilitator, q="heron") == []
    assert found(as_facilitator) == []


def test_hits_are_marked_and_everything_else_is_escaped(as_facilitator, cast):
    make.kept(
        cast.facilitator, "First", "<script>alert(1)</script> the heron <b>stood</b> \ue000x\ue001"
    )

    page = as_facilitator.get(INDEX, {"q": "heron"}).content.decode()

    assert "<mark>heron</mark>" in page
    assert "<script>alert(1)" not in page
    assert "<b>stood" not in page


def test_filters_narrow_with_and_without_words(as_facilitator, cast):
    principle, phase, skill = (m.objects.first().pk for m in (Principle, Phase, Skill))
    make.kept(cast.facilitator, "A heron", principle=principle, phase=phase, skill=skill)
    make.kept(cast.facilitator, "B heron")

    for asked in ({"principle": principle}, {"phase": phase}, {"skill": skill}):
        assert found(as_facilitator, **asked) == ["A heron"]
        assert found(as_facilitator, q="heron", **asked) == ["A heron"]
    assert found(as_facilitator, q="heron", skill=skill + 1) == []


def test_a_session_of_mine_can_be_chosen(as_facilitator, cast):
    session = communities.session(communities.circle(cast))
    make.kept(cast.facilitator, "In the circle", session=session.pk)
    make.kept(cast.facilitator, "Elsewhere")

    answer = as_facilitator.get(INDEX)

    assert found(as_facilitator, session=session.pk) == ["In the circle"]
    labels = [label for _, label in answer.context["find"].fields["session"].choices]
    assert len(labels) == 2


def test_days_are_the_readers_own_and_both_belong_to_the_span(as_facilitator, cast):
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        kept_on(cast.facilitator, day, day)

    assert found(as_facilitator, **{"from": "2026-03-02", "to": "2026-03-02"}) == ["2026-03-02"]
    assert found(as_facilitator, **{"from": "2026-03-02"}) == ["2026-03-03", "2026-03-02"]
    assert found(as_facilitator, to="2026-03-01") == ["2026-03-01"]
    assert len(found(as_facilitator, to="yesterday")) == 3
    assert found(as_facilitator, **{"from": "2199-12-31", "to": "1971-01-01"}) == []
    assert len(found(as_facilitator, to="9999-12-31")) == 3  # no calendar of ours has it


def test_any_address_gets_an_answer(as_facilitator, cast):
    make.kept(cast.facilitator, "A heron")

    for asked in ("((", "a & | !", "\\", "%", ":*", '"', "\0", "🌱", "x" * 5000):
        found(as_facilitator, q=asked)
    for page in ("0", "-1", "x", "99999999999999999999", "2"):
        found(as_facilitator, page=page)
        found(as_facilitator, page=page, q="heron")
    assert len(found(as_facilitator, skill="x", session="1 OR 1")) == 1


def test_pages_lead_on_and_keep_what_was_asked(as_facilitator, cast):
    for number in range(17):
        make.kept(cast.facilitator, f"Heron {number}")

    for asked in ({"q": "heron"}, {"from": "2020-01-01"}):
        first = as_facilitator.get(INDEX, asked).context["found"]
        second = as_facilitator.get(INDEX + first.older).context["found"]
        assert (len(first.rows), len(second.rows)) == (15, 2)
        assert second.older == ""
        assert first.older.startswith("?" + "&".join(f"{k}={v}" for k, v in asked.items()))


def test_searching_takes_as_many_queries_for_thirty_as_for_one(as_facilitator, cast):
    session = communities.session(communities.circle(cast))

    def fill(entries):
        for number in range(entries):
            entry = make.kept(cast.facilitator, f"Heron {number}", session=session.pk)
            entry.share_with(cast.supervisor, by=cast.facilitator)
        return [make.queries(as_facilitator, f"{INDEX}{q}") for q in ("", "?q=heron")]

    as_facilitator.get(INDEX)  # what a process reads once
    one = fill(1)
    assert fill(29) == one
    assert max(one) <= 12


def test_a_year_ago_today_is_one_line_of_the_journal(as_facilitator, cast):
    journal = reverse("reflections:reflections.index")
    now = timezone.now()
    entry = make.kept(cast.facilitator, "The heron again")
    make.kept(cast.peer_partner, "Someone else's")
    assert "A year ago today" not in as_facilitator.get(journal).content.decode()

    then = now.replace(year=now.year - 1, day=min(now.day, 28) if now.month == 2 else now.day)
    Reflection.objects.update(started_at=then - timedelta(minutes=5), kept_at=then)

    page = as_facilitator.get(journal)
    assert page.context["a_year_ago"].key == entry.key
    assert "A year ago today you wrote:" in page.content.decode()


def test_words_that_say_nothing_are_told_from_words_that_match_nothing(as_facilitator, cast):
    make.kept(cast.facilitator, "The heron")
    for words in ("the", "!!", "-the"):
        said = as_facilitator.get(INDEX, {"q": words}).content.decode()
        assert "Nothing to look for" in said, words
        assert "Nothing matches" not in said

    said = as_facilitator.get(INDEX, {"q": "the kingfisher"}).content.decode()
    assert "Nothing matches" in said
    assert "Nothing to look for" not in said
