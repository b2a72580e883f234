"""Account mail survives a mail server that is away, and forgets its words once sent."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError
from django.utils import timezone

from portal.people.models import Letter
from portal.people.tasks import deliver_letter, sweep_letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    letter = Letter.draft(
        to="mara@example.org", subject="Hello\nBcc: x@example.org", text="A secret link", html=""
    )
    letter.save()
    return letter


def failing(monkeypatch, error):
    def send(self, *args, **kwargs):
        raise error

    monkeypatch.setattr(EmailMultiAlternatives, "send", send)


def test_a_letter_is_sent_once(letter):
    deliver_letter(letter.pk)
    deliver_letter(letter.pk)

    assert [(m.to, m.subject, m.body) for m in mail.outbox] == [
        (["mara@example.org"], "Hello Bcc: x@example.org", "A secret link")
    ]


def test_its_words_are_sealed_while_it_waits_and_gone_once_sent(letter):
    assert "secret" not in letter.sealed

    deliver_letter(letter.pk)
    letter.refresh_from_db()

    assert (letter.sealed, letter.sent_at is not None) == ("", True)


def test_a_mail_server_that_is_away_leaves_it_waiting(letter, monkeypatch):
    failing(monkeypatch, ConnectionRefusedError())
    deliver_letter(letter.pk)
    monkeypatch.undo()
    assert list(Letter.objects.waiting()) == [letter]

    deliver_letter(letter.pk)  # too soon
    assert mail.outbox == []

    Letter.objects.update(due_at=timezone.now())
    sweep_letters()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (SMTPServerDisconnected(), True),
        (TimeoutError(), True),
        (SMTPDataError(451, b"later"), True),
        (SMTPDataError(535, b"our own password is wrong"), True),
        (SMTPDataError(554, b"no"), False),
        (SMTPRecipientsRefused({"mara@example.org": (550, b"nobody")}), False),
        (SMTPRecipientsRefused({"mara@example.org": (450, b"greylisted")}), True),
    ],
)
def test_only_a_refusal_for_good_ends_it(letter, monkeypatch, error, waits):
    failing(monkeypatch, error)
    deliver_letter(letter.pk)

    assert Letter.objects.waiting().exists() is waits
    assert Letter.objects.filter(given_up_at=None).exists() is waits


def test_it_is_given_up_when_its_time_is_over(letter):
    Letter.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    sweep_letters()
    letter.refresh_from_db()

    assert (mail.outbox, letter.sealed, letter.given_up_at is not None) == ([], "", True)


def test_two_workers_send_one_letter(letter):
    assert Letter.objects.claim(letter.pk) == letter
    assert Letter.objects.claim(letter.pk) is None


def test_a_worker_that_died_gives_it_back(letter):
    now = timezone.now()
    Letter.objects.claim(letter.pk, now)

    assert Letter.objects.claim(letter.pk, now + timedelta(minutes=2)) == letter


def test_it_waits_longer_each_time_up_to_an_hour(letter):
    waits = []
    at = timezone.now()
    for _ in range(9):
        claimed = Letter.objects.claim(letter.pk, at)
        waits.append((claimed.due_at - at).total_seconds() / 60)
        at = claimed.due_at

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_letters_survive_a_change_of_the_secret(letter, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    deliver_letter(letter.pk)

    assert len(mail.outbox) == 1


def test_a_letter_that_nobody_can_open_is_given_up(letter, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", []
    deliver_letter(letter.pk)

    assert (mail.outbox, list(Letter.objects.waiting())) == ([], [])


def test_the_database_refuses_words_of_a_sent_letter(letter):
    with pytest.raises(IntegrityError, match="people_letter_forgets_its_words"):
        Letter.objects.update(sent_at=timezone.now())


def test_the_database_refuses_sent_and_given_up(letter):
    now = timezone.now()
    with pytest.raises(IntegrityError, match="people_letter_sent_or_given_up"):
        Letter.objects.update(sent_at=now, given_up_at=now, sealed="")


def test_the_refusals_have_words(letter):
    letter.sent_at = timezone.now()
    with pytest.raises(ValidationError, match="Empty the words"):
        letter.validate_constraints()
