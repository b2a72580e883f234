"""The sums are what counting the reviews anew gives, whoever wrote and in whatever order."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models.functions import Round

from fidelity.models import (
    AgencySum,
    Amendment,
    Answer,
    Entry,
    ItemSum,
    MonthSum,
    RaterSum,
    Review,
    Score,
    SubjectSum,
    recount,
)
from portal.agencies.models import Supervision
from tests.fidelity import make

pytestmark = pytest.mark.django_db


def kept():
    """What is counted; rows at zero say nothing."""
    months = ("agency", "measure", "source", "month", "n", "total")
    # A team whose scores are all gone may keep a tenth decimal of them, and its agency with it.
    about = Round("total", precision=8)
    kinds = {
        MonthSum: ("team", *months),
        AgencySum: (*months[:-1], about),
        RaterSum: ("agency", "measure", "source", "reviewer", "month", "n"),
        SubjectSum: ("agency", "measure", "source", "subject", "n"),
        ItemSum: ("agency", "item", "source", "month", "n", "total"),
    }
    return [set(kind.objects.filter(n__gt=0).values_list(*of)) for kind, of in kinds.items()]


def counted_anew():
    recount()
    return kept()


def test_a_review_counts_from_when_it_is_submitted_under_who_supervised_then(cast):
    draft = make.draft(cast.coach, cast.facilitator, practised_on=date(2026, 5, 20))
    draft.keep(make.all_at(3, draft.version))
    assert not MonthSum.objects.exists()
    assert not ItemSum.objects.exists()

    draft.submit(by=cast.coach)

    found = MonthSum.objects.get(measure__key="mean")
    assert (found.agency, found.team, found.source) == (
        cast.northside.agency,
        cast.supervisor,
        "observation",
    )
    assert (found.month, found.n, float(found.total)) == (date(2026, 5, 1), 1, 3.0)
    items = ItemSum.objects.all()
    assert {(each.n, float(each.total)) for each in items} == {(1, 3.0)}
    assert items.count() == draft.version.items.exclude(kind="text").count()
    draft.refresh_from_db()
    assert draft.team == cast.supervisor


def test_who_was_nobodys_supervisee_on_that_day_is_counted_without_a_team(cast):
    Supervision.objects.filter(supervisee=cast.facilitator, kind="supervises").delete()

    make.review(cast.coach, cast.facilitator)

    assert set(MonthSum.objects.values_list("team", "n")) == {(None, 1)}


def test_codings_of_recordings_and_scores_without_a_value_are_not_counted(cast):
    coding = make.coding(cast)
    Score.objects.create(review=coding, measure=coding.version.measures.first(), value=1.0)
    review = make.draft(cast.coach, cast.facilitator)
    review.submit(by=cast.coach, entries={})

    assert not any(kept())


def test_an_amended_review_counts_once_as_it_is_now(cast):
    review = make.review(cast.coach, cast.facilitator, 2)

    Amendment.objects.amend(
        review, by=cast.coach, entries=make.all_at(4, review.version), reason="Heard it again."
    )

    found = MonthSum.objects.get(measure__key="mean")
    assert (found.n, float(found.total), found.team) == (1, 4.0, cast.supervisor)
    assert set(ItemSum.objects.values_list("n", "total")) == {(1, 4)}
    assert kept() == counted_anew()


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_written_changed_and_deleted_the_tallies_are_a_recount(cast, seed):
    chance = random.Random(seed)
    done = Counter()
    for _step in range(25):
        reviews = list(Review.objects.filter(submitted_at__isnull=False).order_by("pk"))
        verb = chance.choice(
            ["submit", "submit", "bulk", "rescore", "move", "hand over", "unsubmit", "delete"]
        )
        person = chance.choice([cast.facilitator, cast.peer_partner])
        day = date(2026, 1, 15) + timedelta(days=chance.randrange(120))
        done[verb] += 1
        if verb == "submit":
            review = make.draft(cast.coach, person, practised_on=day)
            entries = {
                item.key: chance.choice([Entry(value=chance.randrange(5)), Entry.missing()])
                for item in review.version.items.all()
            }
            review.submit(by=cast.coach, entries=entries)
        elif verb == "bulk":
            bulk(cast, person, day, chance)
        elif reviews and verb == "rescore":
            computed = Score.objects.filter(review__in=reviews[:2], value__isnull=False)
            computed.update(value=chance.random())
            Answer.objects.filter(review=reviews[0], state="observed").delete()
        elif reviews and verb == "move":
            Review.objects.filter(pk=chance.choice(reviews).pk).update(practised_on=day, team=None)
        elif reviews and verb == "hand over":
            handed = Review.objects.filter(pk=chance.choice(reviews).pk)
            handed.update(reviewer=cast.supervisor, source="observation")
        elif reviews and verb == "unsubmit":
            Review.objects.filter(pk=chance.choice(reviews).pk).update(submitted_at=None)
            Review.objects.filter(submitted_at=None).delete()
        elif reviews and verb == "delete":
            chance.choice(reviews).delete()
    assert len(done) >= 6

    assert kept() == counted_anew()


def bulk(cast, person, day, chance):
    """Many at once, as an import: the scores before their reviews, in one transaction."""
    version = make.shipped()
    measure = version.measures.first()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('fidelity_review', 'id'))"
            " FROM generate_series(1, 3)"
        )
        pks = [pk for (pk,) in cursor.fetchall()]
    Score.objects.bulk_create(
        Score(review_id=pk, measure=measure, value=round(chance.random(), 3)) for pk in pks
    )
    Review.objects.bulk_create(
        Review(
            pk=pk,
            agency=cast.northside.agency,
            version=version,
            subject=person,
            reviewer=cast.coach,
            source="records",
            practised_on=day,
            submitted_at=make.AT,
        )
        for pk in pks
    )


def test_what_is_deleted_is_not_counted(cast):
    make.review(cast.coach, cast.facilitator)

    Review.objects.filter(agency=cast.northside.agency).delete()

    assert not any(kept())
