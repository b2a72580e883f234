"""What is due goes out once; what should not go is held, and says why."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import connection

from portal.notices.kinds import Category, subject_of
from portal.notices.models import Delivery, Notice, PausedAddress, Preference, QuietHours, State
from portal.notices.sending import Post, deliver_due
from portal.people.models import User
from tests import make as house
from tests.mailserver import MailServer
from tests.portal.notices import make
from tests.portal.notices.make import NOON, TimeToReflect, at

NIGHT = at("2026-11-25 03:00")  # 22:00 in New York
MORNING = at("2026-11-25 12:00")  # 07:00 there


@pytest.fixture
def amara(cast):
    return cast.facilitator


@pytest.fixture
def delivery(cast, amara):
    return make.delivery(amara, cast.northside.agency)


def end_of(delivery: Delivery) -> tuple[str, str]:
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


def test_a_due_notice_is_mailed_once(delivery, amara):
    assert deliver_due(NOON) == {"handed_off": 1}
    assert deliver_due(NOON) == {}

    assert [message.to for message in mail.outbox] == [[amara.email]]
    assert end_of(delivery) == ("handed_off", "")
    assert (delivery.attempts, delivery.settled_at, delivery.claimed_at) == (1, NOON, None)


def test_nothing_goes_before_it_is_due(delivery):
    assert deliver_due(NOON - timedelta(seconds=1)) == {}


def test_one_address_in_one_mail(cast):
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=NOON)

    deliver_due(NOON)

    assert sorted(len(message.to) for message in mail.outbox) == [1] * 5
    assert not any(message.cc or message.bcc for message in mail.outbox)


def withdrawn(notice, person):
    TimeToReflect.withdraw(about=subject_of(notice))


def read(notice, person):
    notice.read(NOON)


def inactive(notice, person):
    person.is_active = False
    person.save(update_fields=["is_active"])


def opted_out(notice, person):
    Preference.choose(person, Category.SESSIONS, "mail", wanted=False)


def gone(notice, person):
    Notice.objects.filter(pk=notice.pk).update(subject_id=987654321)


@pytest.mark.parametrize(
    ("happens", "state", "reason"),
    [
        (withdrawn, "cancelled", "withdrawn"),
        (read, "suppressed", "read"),
        (inactive, "suppressed", "inactive"),
        (opted_out, "suppressed", "opted_out"),
        (gone, "cancelled", "untrue"),
    ],
)
def test_what_changed_since_it_was_planned_is_asked_again(delivery, happens, state, reason):
    happens(delivery.notice, delivery.notice.recipient)

    deliver_due(NOON)

    assert end_of(delivery) == (state, reason)
    assert mail.outbox == []


def test_a_notice_withdrawn_while_claimed_does_not_go(delivery):
    Notice.objects.update(withdrawn_at=NOON)

    deliver_due(NOON)

    assert end_of(delivery) == ("cancelled", "withdrawn")


def test_what_no_longer_holds_does_not_go(delivery, monkeypatch):
    monkeypatch.setattr(TimeToReflect, "still_holds", classmethod(lambda *args: False))

    deliver_due(NOON)

    assert end_of(delivery) == ("cancelled", "untrue")


def test_what_came_too_late_expires(delivery):
    deliver_due(NOON + timedelta(days=2))

    assert end_of(delivery) == ("expired", "")


def test_quiet_hours_hold_a_mail_until_morning(cast, amara):
    delivery = make.delivery(amara, cast.northside.agency, NIGHT)

    deliver_due(NIGHT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_try_at, delivery.attempts) == ("planned", MORNING, 0)
    assert deliver_due(MORNING - timedelta(minutes=1)) == {}

    assert deliver_due(MORNING) == {"handed_off": 1}


def test_what_would_be_of_no_use_in_the_morning_stays_in_the_portal(cast, amara):
    delivery = make.delivery(
        amara, cast.northside.agency, NIGHT, expires_at=NIGHT + timedelta(hours=1)
    )

    deliver_due(NIGHT)

    assert end_of(delivery) == ("suppressed", "quiet")
    assert Notice.objects.standing().filter(recipient=amara).count() == 1


def test_a_persons_own_quiet_hours_count(cast, amara):
    QuietHours.objects.create(person=amara, begins=time(11), ends=time(13))
    delivery = make.delivery(amara, cast.northside.agency)

    deliver_due(NOON)

    delivery.refresh_from_db()
    assert delivery.next_try_at == NOON + timedelta(hours=1)


def test_without_quiet_hours_mail_comes_at_night(cast, amara):
    QuietHours.objects.create(person=amara, on=False)
    make.delivery(amara, cast.northside.agency, NIGHT)

    assert deliver_due(NIGHT) == {"handed_off": 1}


@pytest.mark.parametrize("attribute", ["urgent", "essential"])
def test_what_is_urgent_does_not_wait_and_what_is_essential_cannot_be_refused(
    cast, amara, monkeypatch, attribute
):
    monkeypatch.setattr(TimeToReflect, attribute, True)
    Preference.choose(amara, Category.SESSIONS, "mail", wanted=False)
    delivery = make.delivery(amara, cast.northside.agency, NIGHT)

    deliver_due(NIGHT)

    held = {"urgent": ("suppressed", "opted_out"), "essential": ("planned", "")}
    assert end_of(delivery) == held[attribute]


def test_a_notice_that_cannot_be_written_does_not_stop_the_others(cast, amara, monkeypatch, caplog):
    broken = make.delivery(amara, cast.northside.agency)
    Notice.objects.filter(pk=broken.notice_id).update(kind="gone.kind")
    TimeToReflect.tell([cast.coach], about=cast.northside.agency, due_at=NOON)

    assert deliver_due(NOON) == {"given_up": 1, "handed_off": 1}
    assert end_of(broken) == ("given_up", "broken")
    assert [record.message for record in caplog.records] == ["notices.delivery_broken"]


def test_an_address_that_is_none_does_not_stop_the_others(cast, amara, caplog):
    User.objects.filter(pk=amara.pk).update(email="amara\nbcc: all@example.org")
    TimeToReflect.tell([amara, cast.coach], about=cast.northside.agency, due_at=NOON)

    assert deliver_due(NOON) == {"given_up": 1, "handed_off": 1}
    assert [record.message for record in caplog.records] == ["notices.delivery_broken"]


def test_what_went_is_marked_though_the_next_one_ends_the_worker(cast, monkeypatch):
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=NOON)
    real, gone = Post.send, []

    def send(post, sealed):
        if len(gone) == 3:
            raise SystemExit
        gone.append(sealed.receivers[0])
        real(post, sealed)

    monkeypatch.setattr(Post, "send", send)
    with pytest.raises(SystemExit):
        deliver_due(NOON)

    marked = Delivery.objects.filter(state=State.HANDED_OFF)
    assert set(marked.values_list("notice__recipient__email", flat=True)) == set(gone)


def test_what_was_lost_before_is_marked_by_itself(cast, monkeypatch):
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=NOON)
    alone = Delivery.objects.order_by("pk")[2]
    Delivery.objects.filter(pk=alone.pk).update(lost=1)
    real, marked = Post.send, []

    def send(post, sealed):
        marked.append(Delivery.objects.filter(state=State.HANDED_OFF).count())
        real(post, sealed)

    monkeypatch.setattr(Post, "send", send)
    monkeypatch.setattr("portal.notices.sending.A_BLINK", 60)
    deliver_due(NOON)

    assert marked == [0, 0, 2, 3, 3]


# --- a real mail server -----------------------------------------------------------------------


@pytest.fixture
def post(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def test_the_server_refuses_an_address_for_good(delivery, amara, post, cast):
    post.answers[amara.email] = "550 no such person"
    TimeToReflect.tell([cast.coach], about=cast.northside.agency, due_at=NOON)

    deliver_due(NOON)

    assert end_of(delivery) == ("bounced", "")
    assert delivery.smtp_code == 550
    assert post.received() == {cast.coach.email: 1}


def test_a_refused_address_is_spared_and_its_owner_told_until_it_is_mended(
    delivery, amara, post, cast, as_facilitator
):
    post.answers[amara.email] = "550 5.1.1 no such person"
    deliver_due(NOON)
    told = Notice.objects.get(kind="address.paused")
    assert amara.email in as_facilitator.get(f"/notices/{told.pk}/").content.decode()
    post.answers.clear()

    later = make.delivery(amara, cast.northside.agency, NOON + timedelta(hours=1))
    deliver_due(NOON + timedelta(hours=1))
    assert (told.recipient, told.deliveries.count()) == (amara, 0)
    assert end_of(later) == ("suppressed", "address")
    assert "does not take mail" in as_facilitator.get("/notices/address/").content.decode()

    as_facilitator.post("/notices/address/")
    make.delivery(amara, cast.northside.agency, NOON + timedelta(hours=2))
    assert deliver_due(NOON + timedelta(hours=2)) == {"handed_off": 1}
    assert "came back" in as_facilitator.get("/notices/address/").content.decode()


def test_another_address_of_the_person_is_not_spared(delivery, amara, post, cast):
    post.answers[amara.email] = "550 no such person"
    deliver_due(NOON)
    amara.email = "amara@elsewhere.example"
    amara.save(update_fields=["email"])

    make.delivery(amara, cast.northside.agency, NOON + timedelta(hours=1))

    assert deliver_due(NOON + timedelta(hours=1)) == {"handed_off": 1}


@pytest.mark.parametrize("answer", ["550 5.7.1 we do not know you", "552 5.2.2 mailbox full"])
def test_a_refusal_that_is_not_about_the_address_pauses_nobody(delivery, amara, post, answer):
    post.answers[amara.email] = answer

    deliver_due(NOON)

    assert end_of(delivery) == ("given_up", "refused")
    assert not PausedAddress.objects.exists()


def test_the_server_says_later(delivery, amara, post):
    post.answers[amara.email] = "451 try again later"

    deliver_due(NOON)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.smtp_code) == ("planned", 1, 451)
    assert timedelta(seconds=30) <= delivery.next_try_at - NOON <= timedelta(seconds=60)
    post.answers.clear()

    assert deliver_due(NOON + timedelta(minutes=2)) == {"handed_off": 1}
    assert post.received() == {amara.email: 1}


def test_one_connection_carries_many_mails(cast, post, monkeypatch):
    opened = []
    real = smtplib.SMTP.connect
    monkeypatch.setattr(
        smtplib.SMTP, "connect", lambda self, *a, **k: (opened.append(1), real(self, *a, **k))[1]
    )
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=NOON)

    deliver_due(NOON)

    assert (len(post.messages), len(opened)) == (5, 1)


def test_a_dead_server_costs_one_attempt_and_no_mail(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=NOON)

    assert deliver_due(NOON) == {"planned": 1}  # the others are not even tried

    assert Delivery.objects.filter(state=State.PLANNED).count() == 5
    assert sum(Delivery.objects.values_list("attempts", flat=True)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_send_each_mail_once(post):
    agency = house.agency()
    people = [house.person() for _ in range(20)]
    TimeToReflect.tell(people, about=agency, due_at=NOON)

    def one(_):
        try:
            return deliver_due(NOON)["handed_off"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(one, range(4)))

    assert sum(sent) == 20
    assert post.received() == dict.fromkeys((person.email for person in people), 1)


def test_a_mail_costs_no_query_beside_what_a_batch_costs(cast, django_assert_num_queries):
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=NOON)

    # begin, find, claim, read, commit; what four tables and the subject say; mark; nothing more
    with django_assert_num_queries(5 + 5 + 1 + 3):
        assert deliver_due(NOON)["handed_off"] == 5


def test_what_is_asked_about_a_mail_is_asked_shortly_before_it_goes(cast, monkeypatch):
    """With a slow server few are held at a time, and the rest go back until they can go."""
    monkeypatch.setattr("portal.notices.sending.FRESH", 0)  # every server is slow
    TimeToReflect.tell(cast.northside.people(), about=cast.northside.agency, due_at=NOON)
    real = Post.send

    def send(post, sealed):
        real(post, sealed)
        for delivery in Delivery.objects.exclude(state=State.HANDED_OFF):
            Preference.choose(delivery.notice.recipient, "sessions", "mail", wanted=False)

    monkeypatch.setattr(Post, "send", send)

    # Those who opted out while the first mail was on its way hear nothing.
    assert deliver_due(NOON) == {"handed_off": 1, "suppressed": 4}
    assert set(Delivery.objects.values_list("lost", flat=True)) == {0}
