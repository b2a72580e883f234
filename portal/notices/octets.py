"""A mail as the octets that a mail server is given.

Python's email package takes a message apart and folds each header anew, which cost as much as all
else about a mail. What has a text, the same as HTML and nothing more, which is nearly all we send,
is written down at once; what carries a calendar or a file goes that way as before. A test holds
one against the other.
"""

import re
import secrets
from dataclasses import dataclass
from email.header import Header
from email.utils import formatdate
from functools import lru_cache
from typing import Any

from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.mail.message import sanitize_address

# An address as nearly all are: no name, nothing quoted, ASCII. Others are taken apart by Django.
PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
LONG_LINE = re.compile(r"[^\n]{240}")  # 4 octets a sign at most, and 998 a line (RFC 5322, 2.1.1)
SHORT = 60  # signs of a subject that needs no folding


@dataclass(frozen=True)
class Sealed:
    """A mail, and what a mail server is told of it."""

    mail: EmailMultiAlternatives
    sender: str
    receivers: list[str]
    octets: bytes


def seal(mail: EmailMultiAlternatives) -> Sealed:
    """ValueError where an address is none, or a header would be two."""
    receivers = [address(to) for to in mail.to]
    return Sealed(mail, sender(mail.from_email), receivers, octets(mail))


def octets(mail: EmailMultiAlternatives) -> bytes:
    """The whole of it, in lines that end as SMTP has them."""
    if mail.attachments or len(mail.alternatives) != 1:
        return _by_email_package(mail)
    parts = [(mail.content_subtype, str(mail.body))]
    parts += [(mimetype.partition("/")[2], str(content)) for content, mimetype in mail.alternatives]
    if any(LONG_LINE.search(content) and _has_long_lines(content) for _kind, content in parts):
        return _by_email_package(mail)
    seam = f"=_{secrets.token_hex(16)}"
    headers = {
        "Content-Type": f'multipart/alternative; boundary="{seam}"',
        "MIME-Version": "1.0",
        "Subject": _subject(str(mail.subject)),
        "From": _from(mail.from_email),
        "To": ", ".join(address(to) for to in mail.to),
        "Date": formatdate(),
        **mail.extra_headers,
    }
    written = [*(_line(name, value) for name, value in headers.items()), ""]
    for kind, content in parts:
        written += [
            f"--{seam}",
            f'Content-Type: text/{kind}; charset="utf-8"',
            "MIME-Version: 1.0",
            f"Content-Transfer-Encoding: {'7bit' if content.isascii() else '8bit'}",
            "",
            content,
        ]
    whole = "\n".join([*written, f"--{seam}--", ""])
    return "\r\n".join(re.split(r"\r\n|\r|\n", whole)).encode()


def _by_email_package(mail: EmailMultiAlternatives) -> bytes:
    message: Any = mail.message()  # of Django's own classes, which know how lines end
    return bytes(message.as_bytes(linesep="\r\n"))


def address(given: str) -> str:
    """As it stands in the envelope. ValueError where it is none."""
    if PLAIN_ADDRESS.fullmatch(given):
        return given
    if "@" not in given:
        raise ValueError("An address without @")
    return sanitize_address(given, "utf-8")


@lru_cache(maxsize=10)
def _from(given: str) -> str:
    """Ours, with a name. Always the same."""
    return given if given.isascii() else sanitize_address(given, "utf-8")


@lru_cache(maxsize=10)
def sender(given: str) -> str:
    """The address in it."""
    return sanitize_address(given, "utf-8")


def _subject(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise BadHeaderError("A line break in the subject")
    if text.isascii():
        return text if len(text) <= SHORT else Header(text).encode()
    return Header(text, "utf-8").encode()


def _line(name: str, value: str) -> str:
    """One header. Only what we folded ourselves goes on in a second line."""
    if re.search(r"\r|\n(?! )", value):
        raise BadHeaderError(f"A line break in {name}")
    return f"{name}: {value}"


def _has_long_lines(content: str) -> bool:
    return any(len(line.encode()) > 998 for line in re.split(r"\r\n|\r|\n", content))
