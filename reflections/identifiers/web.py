"""Addresses on the net: mail, pages, computers, handles, and names of pictures."""

import ipaddress
import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext_lazy as _
from linkify_it import LinkifyIt

from reflections.identifiers.findings import Finding
from reflections.identifiers.kinds import Kind

MAIL = _("An address for mail.")
PAGE = _("An address of a page.")
COMPUTER = _("An address of a computer.")
HANDLE = _("A handle on social media.")
PICTURE = _("The name of a picture.")

# The library is shown only pieces with a dot inside, of this many characters: its time grows with
# the square of some texts ("http://a.co/%http://a.co/%...").
_PIECE = re.compile(r"\S{3,300}")
_PICTURE = re.compile(
    r"(?<![\w/.-])[\w-]{1,80}\.(?:jpe?g|png|heic|gif|webp|tiff?|bmp|mp4|mov|avi|m4a|mp3|wav)\b",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@/.])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_])")
_V4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{4,39}(?![\w:])")


@cache
def _links() -> LinkifyIt:
    return LinkifyIt()


def addresses_in(text: str) -> Iterator[Finding]:
    for match in _PICTURE.finditer(text):
        yield Finding(*match.span(), Kind.PHOTO, PICTURE, Kind.PHOTO.replacement)
    for piece in _PIECE.finditer(text):
        if "." not in piece[0][1:-1]:
            continue
        start = piece.start()
        for link in _links().match(piece[0]) or ():
            kind, why = (Kind.EMAIL, MAIL) if link.schema == "mailto:" else (Kind.URL, PAGE)
            if not _is_ip(link.raw):
                end = start + link.last_index
                yield Finding(start + link.index, end, kind, why, kind.replacement)
    for match in _HANDLE.finditer(text):
        yield Finding(*match.span(), Kind.OTHER, HANDLE, _("[handle]"))
    for pattern in (_V4, _V6):
        for match in pattern.finditer(text):
            if match[0].count(":") != 1 and _is_ip(match[0]):
                yield Finding(*match.span(), Kind.IP, COMPUTER, Kind.IP.replacement)


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
