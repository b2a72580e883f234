"""A notice reaches a person's browsers, and nothing reaches anywhere else."""

import socket
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from portal.notices.models import Delivery, Notice, Preference, PushSubscription, QuietHours, State
from portal.notices.push import topic
from portal.notices.push_line import Away, Lines, NotPublic, checked, public_address
from portal.notices.sending import deliver_due
from portal.notices.telling import Telling, tell_each
from portal.people.models import User
from tests.portal.notices import make
from tests.portal.notices.make import NOON, TimeToReflect
from tests.portal.notices.push_service import PushService, claims
from tests.portal.notices.test_sending import NIGHT

LATER = NOON + timedelta(minutes=2)


@pytest.fixture
def service(settings):
    settings.WEB_PUSH_ANYWHERE = True
    with PushService() as running:
        yield running


@pytest.fixture
def amara(cast):
    return cast.facilitator


@pytest.fixture
def phone(amara, service):
    return make.browser(amara, f"{service.url}/phone")


@pytest.fixture
def pushed(cast, amara, phone):
    """The delivery by push; the one by mail is out of the way."""
    notice = make.notice(amara, cast.northside.agency, NOON, expires_at=NOON + timedelta(hours=6))
    notice.deliveries.filter(channel="mail").delete()
    return notice.deliveries.get(channel="push")


def end_of(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


def test_a_browser_shows_what_kind_of_thing_is_new_and_nothing_more(
    pushed, phone, service, cast, settings
):
    settings.PUBLIC_URL = "https://portal.example.org"

    assert deliver_due(NOON) == {"handed_off": 1}

    [said] = service.said
    assert said == {
        "title": "Time to reflect",
        "path": f"/notices/{pushed.notice_id}/",
        "tag": topic(pushed),
        "language": "en",
    }
    [(path, headers, content)] = service.got
    assert (path, headers["ttl"], headers["urgency"]) == ("/phone", str(6 * 3600), "normal")
    assert (headers["topic"], headers["content-encoding"]) == (topic(pushed), "aes128gcm")
    assert b"reflect" not in content
    told = claims(headers["authorization"])
    assert (told["aud"], told["sub"]) == (service.url, "https://portal.example.org")
    assert 0 < told["exp"] - time.time() <= 24 * 3600
    phone.refresh_from_db()
    assert phone.last_ok_at == NOON


def test_it_speaks_its_readers_language_and_leads_past_what_is_not_listed(pushed, amara, service):
    User.objects.filter(pk=amara.pk).update(language="es")
    Notice.objects.filter(pk=pushed.notice_id).update(in_portal=False)

    deliver_due(NOON)

    [said] = service.said
    assert said["language"] == "es"
    assert said["path"] == urlsplit(TimeToReflect.url(pushed.notice, cast_subject(pushed))).path


def cast_subject(delivery):
    from portal.notices.kinds import subject_of

    return subject_of(delivery.notice)


def test_each_browser_of_a_person_and_of_nobody_else(pushed, amara, cast, service):
    make.browser(amara, f"{service.url}/laptop")
    make.browser(cast.coach, f"{service.url}/anothers")

    deliver_due(NOON)

    assert sorted(path for path, *_rest in service.got) == ["/laptop", "/phone"]


@pytest.mark.parametrize("code", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(pushed, service, code):
    service.answers["/phone"] = code

    deliver_due(NOON)

    assert end_of(pushed) == ("suppressed", "no_browser")
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_service_that_says_later_is_asked_later(pushed, service, code):
    service.answers["/phone"] = code

    deliver_due(NOON)
    pushed.refresh_from_db()
    assert (pushed.state, pushed.attempts, pushed.smtp_code) == ("planned", 1, code)
    assert timedelta(seconds=30) <= pushed.next_try_at - NOON <= timedelta(seconds=60)
    service.answers.clear()

    assert deliver_due(LATER) == {"handed_off": 1}


@pytest.mark.parametrize("code", [301, 307, 400, 403, 413])
def test_a_service_that_refuses_is_not_asked_again_and_never_followed(pushed, service, code):
    service.answers["/phone"] = code

    deliver_due(NOON)

    assert end_of(pushed) == ("given_up", "refused")
    assert len(service.got) == 1
    assert PushSubscription.objects.count() == 1


def test_one_browser_that_has_it_is_enough(pushed, amara, service):
    make.browser(amara, f"{service.url}/laptop")
    service.answers |= {"/laptop": 503}

    assert deliver_due(NOON) == {"handed_off": 1}


def test_a_service_that_is_away_is_called_once_and_stops_no_other(cast, amara, service):
    for person in (amara, cast.coach):
        make.browser(person, f"http://127.0.0.1:1/{person.pk}")
    make.browser(cast.admin, f"{service.url}/admin")
    people = [amara, cast.coach, cast.admin]
    TimeToReflect.tell(people, about=cast.northside.agency, due_at=NOON)
    Delivery.objects.filter(channel="mail").delete()

    assert deliver_due(NOON) == {"planned": 2, "handed_off": 1}


def test_what_holds_for_mail_holds_for_browsers(pushed, amara, service):
    Preference.choose(amara, "sessions", "push", wanted=False)

    deliver_due(NOON)

    assert end_of(pushed) == ("suppressed", "opted_out")
    assert service.got == []


def test_quiet_hours_hold_it(cast, amara, phone, service):
    notice = make.notice(amara, cast.northside.agency, NIGHT)

    deliver_due(NIGHT)

    assert set(notice.deliveries.values_list("state", flat=True)) == {"planned"}
    assert service.got == []


def test_what_is_taken_back_does_not_go(pushed, cast, service):
    TimeToReflect.withdraw(about=cast.northside.agency)

    assert deliver_due(NOON) == {}
    assert end_of(pushed) == ("cancelled", "withdrawn")


def test_an_address_that_takes_no_mail_says_nothing_about_a_browser(pushed, amara):
    from portal.notices.models import PausedAddress

    PausedAddress.pause(amara, code=550, at=NOON)

    assert deliver_due(NOON) == {"handed_off": 1}


@pytest.mark.parametrize("key", ["", None])
def test_only_who_has_a_browser_has_a_row_and_without_a_key_nobody(cast, phone, settings, key):
    if key is not None:
        settings.WEB_PUSH_PRIVATE_KEY = key
    telling = Telling(1, "agencies.agency", cast.northside.agency.pk, NOON, None)
    keyed = User.objects.filter(pk__in=[cast.facilitator.pk, cast.coach.pk]).extra(
        select={"key": 1}
    )

    tell_each(TimeToReflect, [telling], keyed.values_list("key", "pk"), NOON)
    TimeToReflect.tell(
        [cast.facilitator, cast.coach], about=cast.northside.agency, due_at=NOON + timedelta(days=1)
    )

    rows = Delivery.objects.filter(channel="push").values_list("notice__recipient", flat=True)
    assert list(rows) == ([] if key == "" else [cast.facilitator.pk] * 2)
    assert Delivery.objects.filter(channel="mail").count() == 4


def test_a_key_that_is_taken_away_ends_what_waits(pushed, settings, service):
    settings.WEB_PUSH_PRIVATE_KEY = ""

    deliver_due(NOON)

    assert end_of(pushed) == ("suppressed", "no_browser")
    assert service.got == []


def test_a_browser_belongs_to_who_asked_last_and_ten_are_kept(cast, amara):
    make.browser(cast.coach, "https://push.example.org/shared")
    make.browser(amara, "https://push.example.org/shared")
    assert PushSubscription.objects.get().person == amara

    for number in range(12):
        make.browser(amara, f"https://push.example.org/{number}")
    kept = PushSubscription.objects.held_by(amara).values_list("endpoint", flat=True)
    assert list(kept) == [f"https://push.example.org/{number}" for number in range(11, 1, -1)]


# --- where it may go ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/1",
        "https://push.example.org:8443/1",
        "https://user@push.example.org/1",
        "https://localhost/1",
        "https://postgres/1",
        "https://127.0.0.1/1",
        "https://[::1]/1",
        "https://169.254.169.254/latest/meta-data/",
        "https://push.example.org:x/1",
        "https://push.example.org/\r\nX: 1",
        "https://push.example.org/ 1",
        "https://push.example.org/" + "x" * 1000,
        "file:///etc/passwd",
        "//push.example.org/1",
        "push.example.org",
    ],
)
def test_what_is_no_push_service_by_its_looks(endpoint):
    with pytest.raises(NotPublic):
        checked(endpoint)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["192.168.0.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],
        ["::1"],
        ["fe80::1"],
        ["fd00::1"],
        ["::ffff:127.0.0.1"],
        ["2002:7f00:1::"],
        ["224.0.0.1"],
        ["93.184.215.14", "127.0.0.1"],
    ],
)
def test_a_name_that_leads_inside_is_not_called(monkeypatch, addresses):
    found = [(0, 0, 0, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("called"))

    with pytest.raises(NotPublic):
        Lines().post("https://inside.example.org/1", b"", {})


def test_the_address_that_was_looked_at_is_the_one_that_is_called(monkeypatch):
    """Not looked up a second time, when the name may mean another."""
    called = []

    def create_connection(address, *_):
        called.append(address)
        raise OSError

    found = [(0, 0, 0, "", ("93.184.215.14", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    monkeypatch.setattr(socket, "create_connection", create_connection)

    with pytest.raises(Away):
        Lines().post("https://push.example.org/1", b"", {})

    assert called == [("93.184.215.14", 443)]


def test_a_name_that_nobody_has_is_away(monkeypatch):
    def getaddrinfo(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    with pytest.raises(Away):
        public_address("gone.example.org", 443)


def test_a_subscription_whose_name_leads_inside_now_is_forgotten(cast, amara, monkeypatch):
    QuietHours.objects.create(person=amara, on=False)
    found = [(0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    make.browser(amara)
    notice = make.notice(amara, cast.northside.agency, NOON)
    notice.deliveries.filter(channel="mail").delete()

    assert deliver_due(NOON) == {State.SUPPRESSED: 1}
    assert not PushSubscription.objects.exists()
