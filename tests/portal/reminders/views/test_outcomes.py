"""Admins see what went, what was held back and what told nobody, and why; nobody's name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.kinds import Category
from portal.notices.models import Delivery, State
from portal.reminders.models import Occurrence
from tests import make as house
from tests.portal.reminders import make
from tests.portal.reminders.make import TimeToReflect


@pytest.fixture
def url(cast):
    return f"/reminders/{cast.northside.agency.pk}/gone/"


@pytest.fixture
def told(cast):
    """Five are told: three mails went, one person had read it, one has switched it off."""
    now = timezone.now()
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=now)
    rows = Delivery.objects.order_by("pk")
    for row, reason in zip(rows, ["", "", "", "read", "opted_out"], strict=True):
        row.next_try_at, row.settled_at, row.reason = None, now, reason
        row.state = State.SUPPRESSED if reason else State.HANDED_OFF
        row.save()


def test_what_went_is_one_line_with_how_many(as_admin, url, told):
    shown = as_admin.get(url).content.decode()

    assert shown.count('class="rows__title">Time to reflect') == 1
    assert "3 people" in shown
    assert as_admin.get(url + "?show=nonsense").status_code == 200


def test_what_was_held_back_says_why_and_not_whom(cast, as_admin, url, told):
    shown = as_admin.get(url + "?show=held").content.decode()

    assert "they had read it in the portal" in shown
    assert "they do not want these by email" in shown
    assert shown.count("1 person") == 2
    main = shown[shown.index("<main") :]
    assert not any(person.name in main for person in cast.northside.people())


def occurrence(rule, outcome: str, **fields):
    at = timezone.now() - timedelta(hours=3)
    fields.setdefault("wall", at.replace(tzinfo=None))
    return Occurrence.objects.create(
        rule=rule, version=1, starts_at=at, due_at=at, made_at=at, outcome=outcome, **fields
    )


def test_what_was_missed_after_an_outage_is_told_with_the_reason(cast, as_admin, url):
    rule = make.rule(cast.northside.agency)
    wall = timezone.now().replace(tzinfo=None)
    for n, outcome in enumerate(["late", "coalesced", "nothing", "told"]):
        occurrence(rule, outcome, wall=wall - timedelta(hours=n))
    occurrence(make.rule(house.agency()), "late")  # not theirs

    shown = as_admin.get(url + "?show=missed").content.decode()

    assert shown.count("Team reflection") == 3
    assert shown.count("it would have come too late") == 1
    assert shown.count("a later one of the same rule stood for it") == 1
    assert shown.count("there was nothing to remind of") == 1


def test_of_journals_nothing_is_told(as_admin, url, told, monkeypatch):
    monkeypatch.setattr(TimeToReflect, "category", Category.REFLECTIONS)

    assert "Nothing in these days" in as_admin.get(url).content.decode()
    assert "Nothing in these days" in as_admin.get(url + "?show=held").content.decode()


def test_another_agencys_mail_and_an_older_one_are_not_there(cast, as_admin, url):
    stranger = house.person()
    agency = house.agency()
    house.position(stranger, agency)
    now = timezone.now()
    TimeToReflect.tell([stranger], about=agency, due_at=now)
    TimeToReflect.tell([cast.facilitator], about=agency, due_at=now)
    Delivery.objects.filter(notice__recipient=stranger).update(
        state=State.HANDED_OFF, settled_at=now, next_try_at=None
    )
    Delivery.objects.filter(notice__recipient=cast.facilitator).update(
        state=State.HANDED_OFF, settled_at=now - timedelta(days=8), next_try_at=None
    )

    assert "Nothing in these days" in as_admin.get(url).content.decode()


@pytest.mark.parametrize("show", ["sent", "held", "missed"])
def test_the_page_costs_few_queries_whatever_it_lists(
    cast, as_admin, url, told, show, django_assert_max_num_queries
):
    rule = make.rule(cast.northside.agency)
    for n in range(5):
        occurrence(rule, "late", wall=timezone.now().replace(tzinfo=None) - timedelta(hours=n))

    with django_assert_max_num_queries(15):
        as_admin.get(f"{url}?show={show}")
