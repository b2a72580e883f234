"""A message of an invitation as text (RFC 5546): from the portal, to one person alone."""

from email.utils import parseaddr
from urllib.parse import quote

from django.conf import settings

from communities.calendar.document import Document
from communities.calendar.entry import Entry
from communities.calendar.lines import quoted
from portal.people.models import User


def message(method: str, entries: list[Entry], person: User) -> str:
    """The VCALENDAR of one mail. RSVP is false: nobody reads what a calendar program answers."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    every = [
        f"ORGANIZER;CN={quoted(name or 'Trellis')}:{_mailto(address)}",
        f"ATTENDEE;CN={quoted(person.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT"
        f";PARTSTAT=NEEDS-ACTION;RSVP=FALSE:{_mailto(person.email)}",
    ]
    return Document(entries, method=method, every=every).written().decode()


def _mailto(address: str) -> str:
    return "mailto:" + quote(address, safe="@+-._~!$&'*=")
