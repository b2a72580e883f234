"""Admins see which mail did not go and send it again; other agencies' mail is not theirs."""

from django.core import mail
from django.utils import timezone

from portal.agencies.notices import PositionBegun
from portal.audit.models import Entry
from portal.notices.models import Category, Delivery, Notice, PausedAddress
from portal.notices.sending import deliver_due
from tests.portal.agencies.queries import MOST, asked_by


def dead(person, state="given_up", reason="tried") -> Delivery:
    PositionBegun.tell([person], about=person.positions.get())
    delivery = Delivery.objects.get(notice__recipient=person)
    ended = {"state": state, "reason": reason, "attempts": 12, "smtp_code": 451}
    Delivery.objects.filter(pk=delivery.pk).update(
        **ended, next_try_at=None, settled_at=timezone.now()
    )
    return delivery


def test_a_dead_letter_is_listed_with_its_reason_and_goes_again_once(cast, as_admin, monkeypatch):
    monkeypatch.setattr(PositionBegun, "urgent", True)  # the suite runs at night too
    delivery = dead(cast.facilitator)
    identity = delivery.message_id
    url = f"/agencies/{cast.northside.agency.pk}/mail/"

    shown = as_admin.get(url).content.decode()
    assert str(cast.facilitator) in shown
    assert "You have a new role" in shown
    assert "the mail server was away too long" in shown
    assert as_admin.post(f"{url}{delivery.pk}/").url == url
    assert as_admin.post(f"{url}{delivery.pk}/").status_code == 404  # it is none any more
    assert deliver_due() == {"handed_off": 1}

    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [identity]
    assert Entry.objects.filter(kind="mail.sent_again", actor_id=cast.admin.pk).count() == 1
    assert "Everything went through" in as_admin.get(url).content.decode()


def test_to_send_to_a_refused_address_again_ends_its_pause(cast, as_admin):
    delivery = dead(cast.facilitator, "bounced", "")
    PausedAddress.pause(cast.facilitator, code=550, at=timezone.now())
    url = f"/agencies/{cast.northside.agency.pk}/mail/{delivery.pk}/"

    assert "ask them first" in as_admin.get(url).content.decode()
    as_admin.post(url)

    assert PausedAddress.of(cast.facilitator) is None


def test_mail_to_another_agencys_people_is_not_there(cast, as_admin):
    delivery = dead(cast.riverbend.facilitator)
    url = f"/agencies/{cast.northside.agency.pk}/mail/"

    assert str(cast.riverbend.facilitator) not in as_admin.get(url).content.decode()
    assert as_admin.post(f"{url}{delivery.pk}/").status_code == 404
    assert Delivery.objects.get().state == "given_up"


def test_what_was_taken_back_is_not_listed(cast, as_admin):
    dead(cast.facilitator)
    Notice.objects.update(withdrawn_at=timezone.now())

    page = as_admin.get(f"/agencies/{cast.northside.agency.pk}/mail/")

    assert "Everything went through" in page.content.decode()


def test_that_someone_keeps_a_journal_is_not_told(cast, as_admin, monkeypatch):
    monkeypatch.setattr(PositionBegun, "category", Category.REFLECTIONS)
    dead(cast.facilitator)

    shown = as_admin.get(f"/agencies/{cast.northside.agency.pk}/mail/").content.decode()

    assert "A notice" in shown
    assert "You have a new role" not in shown


def test_rows_cost_no_queries_each(cast, as_admin):
    for person in (cast.facilitator, cast.coach, cast.supervisor):
        dead(person)

    assert asked_by(as_admin, f"/agencies/{cast.northside.agency.pk}/mail/") <= MOST
