"""Posts and answers: said once, to those who belong."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.models import Post, Reply
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.practice.models import Skill
from tests.communities import make, make_exchange


@pytest.fixture
def circle(cast):
    return make.circle(cast)


def test_a_member_posts_once_however_often_the_button_is_pressed(circle, cast):
    key = uuid.uuid4()

    first = make_exchange.post(circle, cast.facilitator, key=key)
    again = make_exchange.post(circle, cast.facilitator, key=key)

    assert first == again
    assert Entry.objects.filter(kind="post.published").count() == 1


def test_another_persons_key_is_another_post(circle, cast):
    key = uuid.uuid4()

    make_exchange.post(circle, cast.facilitator, key=key)
    make_exchange.post(circle, cast.coach, key=key)

    assert Post.objects.count() == 2


def test_who_does_not_belong_does_not_post(circle, cast):
    for person in (cast.admin, cast.peer_partner, cast.riverbend.facilitator):
        with pytest.raises(ValidationError):
            make_exchange.post(circle, person)


def test_nobody_posts_in_a_closed_community(circle, cast):
    circle.close(by=cast.admin)

    with pytest.raises(ValidationError):
        make_exchange.post(circle, cast.facilitator)


@pytest.mark.parametrize("field", ["title", "happened"])
def test_a_post_has_words(circle, cast, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_exchange.post(circle, cast.facilitator, **{field: ""})


def test_a_post_worked_or_did_not(circle, cast):
    make_exchange.post(circle, cast.facilitator, kind="did_not")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_exchange.post(circle, cast.facilitator, kind="perhaps")


def test_a_changed_post_says_so_and_is_found_by_its_new_words(circle, cast):
    post = make_exchange.post(circle, cast.facilitator, title="Lavender")

    post.change(by=cast.facilitator, title="Rosemary")

    assert post.edited_at is not None
    assert Post.objects.filter(search="rosemary").get() == post
    assert not Post.objects.filter(search="lavender").exists()


def test_what_it_is_about_is_named(circle, cast):
    skill = Skill.objects.first()

    assert make_exchange.post(circle, cast.facilitator, skill=skill).about == [skill.name]


def test_the_author_is_told_of_an_answer_and_not_of_their_own(circle, cast):
    post = make_exchange.post(circle, cast.facilitator)

    tried = make_exchange.reply(post, cast.coach, went="partly")
    make_exchange.reply(post, cast.facilitator)

    told = Notice.objects.get(kind="reply.posted")
    assert (told.recipient, told.subject_id) == (cast.facilitator, tried.pk)
    assert tried.is_trial


def test_an_answer_is_given_once(circle, cast):
    post, key = make_exchange.post(circle, cast.facilitator), uuid.uuid4()

    make_exchange.reply(post, cast.coach, key=key)
    make_exchange.reply(post, cast.coach, key=key)

    assert Reply.objects.count() == 1
    assert Notice.objects.filter(kind="reply.posted").count() == 1


def test_a_removed_post_takes_no_answers_and_hides_those_it_has(circle, cast):
    post = make_exchange.post(circle, cast.facilitator)
    make_exchange.reply(post, cast.coach)
    post.remove(by=cast.facilitator)

    with pytest.raises(ValidationError):
        make_exchange.reply(post, cast.coach)
    assert not Reply.objects.visible_to(cast.admin).exists()


def test_an_answer_has_words_and_a_known_outcome(circle, cast):
    post = make_exchange.post(circle, cast.facilitator)

    for wrong in ({"text": ""}, {"went": "sideways"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_exchange.reply(post, cast.coach, **wrong)


def test_who_leaves_hears_no_more_of_answers(circle, cast):
    post = make_exchange.post(circle, cast.facilitator)
    make_exchange.reply(post, cast.coach)

    circle.memberships.get(person=cast.facilitator).end(by=cast.admin)

    assert not Notice.objects.standing().filter(kind="reply.posted").exists()
