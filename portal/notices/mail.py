"""A notice as a mail, and what a mail server's answer means."""

import smtplib
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from portal.notices.codes import ABOUT_US, FULL
from portal.notices.frame import filled
from portal.notices.kinds import NoticeKind
from portal.notices.models import Channel, Delivery, Notice
from portal.notices.unsubscribing import token_for


@dataclass(frozen=True)
class Words:
    """A notice put into words, in its reader's language and zone."""

    subject: str
    text: str
    html: str


def words(kind: type[NoticeKind], notice: Notice, subject: Any) -> Words:
    """Render the kind's three files: the subject in one line, the body as text and as HTML."""
    person = notice.recipient
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        context = kind.context(notice, subject)
        return Words(
            subject=subject_line(kind, context),
            text=_render(f"{kind.template}.txt", context, escape=False).strip() + "\n",
            html=_render(f"{kind.template}.html", context),
        )


def subject_line(kind: type[NoticeKind], context: dict[str, Any]) -> str:
    """One line, whatever a name in it contains: a line break would begin another header."""
    rendered = _render(f"{kind.template}.subject.txt", context, escape=False)
    return " ".join("".join(c if c.isprintable() else " " for c in rendered).split())


def compose(delivery: Delivery, kind: type[NoticeKind], subject: Any) -> EmailMultiAlternatives:
    """The mail for one delivery: framed, with both parts and every header."""
    notice, person = delivery.notice, delivery.notice.recipient
    said = words(kind, notice, subject)
    token = "" if kind.essential else token_for(person, kind.category, Channel.MAIL)
    unsubscribe = (
        settings.PUBLIC_URL + reverse("notices:unsubscriptions.new", args=[token]) if token else ""
    )
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        url = kind.url(notice, subject)
        frame = {
            "subject": said.subject,
            "text": said.text,
            "html": mark_safe(said.html),  # noqa: S308  # what was rendered is escaped
            "url": "" if url and url in said.text else url,  # the words may lead there already
            "public_url": settings.PUBLIC_URL,
            "why": kind.why(notice, subject),
            "preferences_url": settings.PUBLIC_URL + reverse("notices:preferences.edit"),
            "unsubscribe_url": unsubscribe,
            "language": person.language,
        }
        text = filled("emails/base.txt", frame, escape=False)
        html = filled("emails/base.html", frame)
    headers = {
        "Message-ID": delivery.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no vacation replies
        "List-Id": f"<{kind.category}.notices.{settings.PUBLIC_HOST}>",  # RFC 2919
    }
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"  # RFC 2369
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail = EmailMultiAlternatives(
        subject=said.subject, body=text, to=[person.email], headers=headers
    )
    mail.attach_alternative(html, "text/html")
    for content, mimetype in kind.alternatives(notice, subject):
        mail.attach_alternative(content, mimetype)
    for name, data, mimetype in kind.attachments(notice, subject):
        mail.attach(name, data, mimetype)
    return mail


def _render(name: str, context: dict[str, Any], *, escape: bool = True) -> str:
    # Without a request: a mail must not depend on who caused it.
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=escape)))


@dataclass(frozen=True)
class Fault:
    """What a failed attempt means.

    `final`: trying again is no use. `address`: it was about this recipient's address. `soft`: about
    the state that it is in, which may change. `server`:
    the server itself is in trouble, so that other mails need not be tried now.
    """

    final: bool = False
    address: bool = False
    soft: bool = False
    server: bool = False
    code: int | None = None


def fault(error: Exception) -> Fault:
    """Sort what went wrong: 4xx and silence are for later, 5xx is final (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = max(error.recipients.values(), default=(0, b""))
        words = said.decode("ascii", "replace") if isinstance(said, bytes) else said
        soft = not ABOUT_US.match(words) and (code < 500 or bool(FULL.match(words)))
        address = not ABOUT_US.match(words) and not FULL.match(words)
        return Fault(final=code >= 500, address=address, soft=soft, code=code)
    if isinstance(
        error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError
    ):
        # Our settings, or the server: nothing that this mail could have done.
        return Fault(server=True, code=error.smtp_code)
    if isinstance(error, smtplib.SMTPResponseException):
        return Fault(final=error.smtp_code >= 500, code=error.smtp_code)
    return Fault(server=True)  # refused, timed out, hung up, no such host
