"""Builders for calendars: what happens to sessions."""

from communities.models import Cancellation, Session


def call_off(session: Session) -> None:
    """Also one that is over: what the portal holds may be old."""
    Cancellation.objects.create(session=session, by=None, reason="")
    session.sequence += 1
    session.save()
