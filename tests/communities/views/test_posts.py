"""The exchange's pages: found, read, written, removed."""

import uuid

import pytest
from django.urls import reverse

from communities import finder
from communities.models import Post, Reply
from portal.notices.models import Notice
from portal.practice.models import Phase, Principle, Skill
from tests.communities import make, make_exchange

INDEX = reverse("communities:posts.index")


@pytest.fixture
def circle(cast):
    return make.circle(cast, "Tuesday circle")


@pytest.fixture
def post(circle, cast):
    return make_exchange.post(circle, cast.facilitator, title="Waiting for an answer")


def titles(answer):
    return [post.title for post in answer.context["found"].rows]


def written(circle, **words):
    return {
        "community": circle.pk,
        "kind": "did_not",
        "title": "Explaining too soon",
        "happened": "I explained, and they went quiet.",
        "key": uuid.uuid4(),
    } | words


def test_a_member_posts_and_reads_it(as_facilitator, circle):
    answer = as_facilitator.post(reverse("communities:posts.new"), written(circle), follow=True)

    post = Post.objects.get()
    assert answer.redirect_chain == [(post.get_absolute_url(), 302)]
    assert "I explained, and they went quiet." in answer.content.decode()


def test_pressing_twice_posts_once(as_facilitator, circle):
    sent = written(circle)
    for _ in range(2):
        as_facilitator.post(reverse("communities:posts.new"), sent)

    assert Post.objects.count() == 1


def test_a_post_without_words_keeps_what_was_typed(as_facilitator, circle):
    answer = as_facilitator.post(
        reverse("communities:posts.new"), written(circle, title="", situation="On the phone")
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["title"]
    assert "On the phone" in answer.content.decode()


def test_nobody_posts_where_they_do_not_belong(as_stranger, as_admin, circle):
    for client in (as_stranger, as_admin):
        answer = client.post(reverse("communities:posts.new"), written(circle))
        assert answer.status_code == 422
    assert not Post.objects.exists()


def test_filters_stand_in_the_address(as_facilitator, circle, cast):
    chosen = {
        "principle": Principle.objects.first(),
        "phase": Phase.objects.first(),
        "skill": Skill.objects.first(),
    }
    for name, word in chosen.items():
        make_exchange.post(circle, cast.facilitator, title=name, **{name: word})
    make_exchange.post(circle, cast.coach, title="kind", kind="did_not")

    for name, word in chosen.items():
        assert titles(as_facilitator.get(INDEX, {name: word.pk})) == [name]
    assert titles(as_facilitator.get(INDEX, {"kind": "did_not"})) == ["kind"]
    assert titles(as_facilitator.get(INDEX, {"who": cast.coach.pk})) == ["kind"]


def test_across_my_communities_and_inside_one(as_facilitator, circle, post, cast):
    other = make.circle(cast, "Other circle")
    make_exchange.post(other, cast.coach, title="Waiting there")
    theirs = make.community(cast.riverbend.agency)
    make.membership(cast.riverbend.facilitator, theirs)
    make_exchange.post(theirs, cast.riverbend.facilitator, title="Waiting elsewhere")

    everywhere = as_facilitator.get(INDEX, {"q": "waiting"})
    inside = as_facilitator.get(INDEX, {"q": "waiting", "community": other.pk})
    not_mine = as_facilitator.get(INDEX, {"q": "waiting", "community": theirs.pk})

    assert sorted(titles(everywhere)) == ["Waiting for an answer", "Waiting there"]
    assert titles(inside) == ["Waiting there"]
    assert sorted(titles(not_mine)) == sorted(titles(everywhere))
    assert "<mark>Waiting</mark> there" in inside.content.decode()


def test_pages_go_on_from_the_last_post(as_facilitator, circle, cast, monkeypatch):
    monkeypatch.setattr(finder, "A_PAGE", 2)
    made = [make_exchange.post(circle, cast.facilitator).title for _ in range(5)][::-1]
    seen, url = [], INDEX
    while url:
        answer = as_facilitator.get(url)
        seen.append(titles(answer))
        older = answer.context["found"].older
        url = older and INDEX + older

    assert seen == [made[:2], made[2:4], made[4:]]


def test_matches_go_on_too(as_facilitator, circle, cast, monkeypatch):
    monkeypatch.setattr(finder, "A_PAGE", 2)
    for _ in range(3):
        make_exchange.post(circle, cast.facilitator, title="Waiting")

    first = as_facilitator.get(INDEX, {"q": "waiting"})
    second = as_facilitator.get(INDEX + first.context["found"].older)

    assert first.context["found"].total == 3
    assert (len(titles(first)), len(titles(second))) == (2, 1)
    assert not set(first.context["found"].rows) & set(second.context["found"].rows)


def test_a_strangers_id_in_the_address_names_nobody(as_facilitator, post, cast):
    answer = as_facilitator.get(INDEX, {"who": cast.riverbend.admin.pk})

    assert cast.riverbend.admin.name not in answer.content.decode()


def test_who_left_can_still_be_asked_for_and_keeps_their_name(as_coach, circle, post, cast):
    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert titles(as_coach.get(INDEX, {"who": cast.facilitator.pk})) == [post.title]
    shown = as_coach.get(post.get_absolute_url()).content.decode()
    assert cast.facilitator.name in shown
    assert "does not belong here any more" in shown.lower()


def test_an_agency_that_is_spanned_reads_it_inside_and_only_there(as_person, circle, post, cast):
    circle.span(cast.riverbend.agency, by=cast.admin)
    make.membership(cast.riverbend.coach, circle)
    other = make_exchange.post(make.circle(cast), cast.facilitator)
    guest = as_person(cast.riverbend.coach)

    assert guest.get(post.get_absolute_url()).status_code == 200
    assert guest.get(other.get_absolute_url()).status_code == 404
    assert titles(guest.get(INDEX)) == [post.title]


def test_removing_shows_the_way_back(as_facilitator, as_coach, post):
    url = reverse("communities:posts.remove", args=[post.pk])

    gone = as_facilitator.post(url, follow=True)
    assert "Put it back" in gone.content.decode()
    assert as_coach.get(post.get_absolute_url()).status_code == 404
    back = as_facilitator.post(url, {"put_back": "1"}, follow=True)

    assert back.redirect_chain == [(post.get_absolute_url(), 302)]
    assert as_coach.get(post.get_absolute_url()).status_code == 200


def test_a_host_says_why_and_the_author_reads_it(as_coach, as_facilitator, post):
    url = reverse("communities:posts.remove", args=[post.pk])

    assert as_coach.post(url, {"reason": ""}).status_code == 422
    as_coach.post(url, {"reason": "It names a school."})

    assert "It names a school." in as_facilitator.get(url).content.decode()
    refused = as_facilitator.post(url, {"put_back": "1"}, follow=True)
    assert "Only a host can put it back" in refused.content.decode()


def test_an_answer_and_how_it_went(as_coach, post):
    url = reverse("communities:replies.new", args=[post.pk])

    answer = as_coach.post(url, {"went": "partly", "text": "Slower here."}, follow=True)

    assert Reply.objects.get().went == "partly"
    assert "Tried this too: part of it worked" in answer.content.decode()


def test_an_answer_is_changed_and_removed_by_its_author(as_coach, as_facilitator, post, cast):
    reply = make_exchange.reply(post, cast.coach)
    edit = reverse("communities:replies.edit", args=[reply.pk])

    as_coach.post(edit, {"went": "worked", "text": "Better now."})
    reply.refresh_from_db()
    assert (reply.went, reply.text) == ("worked", "Better now.")
    assert as_facilitator.post(edit, {"text": "Not mine"}).status_code == 403
    as_coach.post(reverse("communities:replies.remove", args=[reply.pk]))
    assert "Better now." not in as_facilitator.get(post.get_absolute_url()).content.decode()


def test_a_post_is_changed_by_its_author(as_facilitator, circle, post):
    url = reverse("communities:posts.edit", args=[post.pk])

    as_facilitator.post(url, written(circle, title="Another title"))

    post.refresh_from_db()
    assert (post.title, post.kind, post.community) == ("Another title", "did_not", circle)


def test_an_answer_to_a_post_that_is_gone_is_not_lost_silently(as_coach, post, cast):
    post.remove(by=cast.facilitator)

    url = reverse("communities:replies.new", args=[post.pk])
    assert as_coach.post(url, {"text": "Hm"}).status_code == 404


@pytest.mark.parametrize("query", ["", "?q=waiting", "?community={}"])
def test_a_page_costs_the_same_with_more_posts(
    as_facilitator, circle, post, cast, queries_of, query
):
    url = INDEX + query.format(circle.pk)
    make_exchange.reply(post, cast.coach)
    one = queries_of(as_facilitator, url)
    for _ in range(3):
        more = make_exchange.post(circle, cast.coach, title="Waiting")
        make_exchange.reply(more, cast.facilitator)

    assert queries_of(as_facilitator, url) == one <= 15


def test_a_post_and_its_community_cost_the_same_with_more_in_them(
    as_facilitator, circle, post, cast, queries_of
):
    urls = [post.get_absolute_url(), circle.get_absolute_url()]

    def fill():
        make_exchange.reply(post, cast.coach)
        make_exchange.post(circle, cast.coach)
        said = make_exchange.celebration(circle, cast.facilitator, cast.coach)
        said.agree(by=cast.facilitator, community=circle)

    fill()
    one = [queries_of(as_facilitator, url) for url in urls]
    fill()
    fill()

    assert [queries_of(as_facilitator, url) for url in urls] == one
    assert max(one) <= 15


def test_its_author_has_seen_the_answers_once_they_opened_it(as_facilitator, as_coach, cast, post):
    as_coach.post(
        reverse("communities:replies.new", args=[post.pk]),
        {"went": "partly", "text": "And then?"},
    )
    told = Notice.objects.filter(kind="reply.posted", recipient=cast.facilitator).unread()
    assert told.count() == 1

    as_coach.get(post.get_absolute_url())
    assert told.count() == 1
    as_facilitator.get(post.get_absolute_url())
    assert not told.exists()
