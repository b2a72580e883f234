"""A feed address: random, shown once, kept as a hash, revocable."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from portal.people.models import FeedToken
from portal.people.models.feed_token import digest_of

pytestmark = pytest.mark.django_db


def test_a_token_leads_to_its_person(cast):
    token = FeedToken.issue(cast.facilitator)
    FeedToken.issue(cast.coach)

    assert FeedToken.objects.person_of(token) == cast.facilitator


def test_a_token_carries_32_random_bytes(cast):
    assert len(FeedToken.issue(cast.facilitator)) == 43  # base64 of 32 bytes, unpadded


def test_the_token_itself_is_not_kept(cast):
    token = FeedToken.issue(cast.facilitator)

    assert FeedToken.objects.get().digest == digest_of(token) != token


@pytest.mark.parametrize("strange", ["", "x", "0" * 43, "\x00", "ä" * 500])
def test_a_strange_token_leads_nowhere(cast, strange):
    FeedToken.issue(cast.facilitator)

    assert FeedToken.objects.person_of(strange) is None


def test_the_kept_hash_is_no_token(cast):
    FeedToken.issue(cast.facilitator)

    assert FeedToken.objects.person_of(FeedToken.objects.get().digest) is None


def test_a_revoked_token_leads_nowhere(cast):
    token = FeedToken.issue(cast.facilitator)
    kept = FeedToken.issue(cast.coach)

    assert cast.facilitator.feed_tokens.revoke() == 1
    assert cast.facilitator.feed_tokens.revoke() == 0
    assert FeedToken.objects.person_of(token) is None
    assert FeedToken.objects.person_of(kept) == cast.coach


def test_the_token_of_someone_who_left_leads_nowhere(cast):
    token = FeedToken.issue(cast.facilitator)
    cast.facilitator.is_active = False
    cast.facilitator.save(update_fields=["is_active"])

    assert FeedToken.objects.person_of(token) is None


def test_reading_a_feed_asks_one_query(cast, django_assert_num_queries):
    token = FeedToken.issue(cast.facilitator)

    with django_assert_num_queries(1):
        FeedToken.objects.person_of(token)


def test_the_database_refuses_a_token_in_the_clear(cast):
    with pytest.raises(IntegrityError, match="people_feedtoken_is_hashed"):
        FeedToken.objects.create(person=cast.facilitator, digest="a plain token")


def test_the_refusal_has_words(cast):
    with pytest.raises(ValidationError, match="Keep the token's hash"):
        FeedToken(person=cast.facilitator, digest="a plain token").full_clean()
