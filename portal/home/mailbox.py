"""In development, mail goes to files: read it here as the person would see it.

Public, since invitations and password resets are read before signing in; and only with DEBUG
and without EMAIL_URL, which sends mail elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from portal import access
from portal.web.page import page

NEWEST = 200  # mails in the list
# A file as Django's backend names it, and which of its mails: several of one second share a file.
NAME = re.compile(r"([0-9]{8}-[0-9]{6}-[0-9]+)-([0-9]{1,4})")
BETWEEN = re.compile(rb"\n-{79}\n")  # the backend ends each mail so
# Nothing in a mail may run, load or send; its links replace the page around the frame.
SANDBOX = "allow-popups allow-top-navigation-by-user-activation"
FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self';"
    f" sandbox {SANDBOX}"
)


@dataclass(frozen=True)
class Mail:
    """One mail of the folder."""

    name: str
    message: EmailMessage

    @property
    def sent_at(self) -> datetime | None:
        sent = getattr(self.message["Date"], "datetime", None)
        # "-0000" says UTC without saying where it was written.
        return sent.replace(tzinfo=UTC) if sent and sent.tzinfo is None else sent

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


@access.public
def index(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    files = sorted(_folder().glob("*.log"), key=_written, reverse=True)[:NEWEST]
    mails = [mail for file in files for mail in reversed(_read(file))]
    return page(request, "home/mailbox/index.html", {"mails": mails[:NEWEST]})


@access.public
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # typed for views without names
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One mail; with `?part=html` its HTML alone, for the frame."""
    folder, found = _folder(), NAME.fullmatch(name)
    file = folder / f"{found[1]}.log" if found else None
    mails = {mail.name: mail for mail in _read(file)} if file and file.is_file() else {}
    if name not in mails:
        raise Http404
    mail = mails[name]
    if request.GET.get("part") == "html":
        return _framed(mail)
    return page(request, "home/mailbox/show.html", {"mail": mail, "sandbox": SANDBOX})


def _framed(mail: Mail) -> HttpResponse:
    response = HttpResponse('<base target="_top">' + mail.html)
    response["Content-Security-Policy"] = FRAME
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _folder() -> Path:
    if not (settings.DEBUG and settings.EMAIL_FILE_PATH):
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)


def _written(file: Path) -> int:
    return file.stat().st_mtime_ns


def _read(file: Path) -> list[Mail]:
    return [
        Mail(
            f"{file.stem}-{number}",
            message_from_bytes(content, _class=EmailMessage, policy=default),
        )
        for number, content in enumerate(BETWEEN.split(file.read_bytes()))
        if content.strip()
    ]
