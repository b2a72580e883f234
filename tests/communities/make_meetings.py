"""Builders of meetings: a session that has begun, and what people leave of it."""

from datetime import timedelta

from django.utils import timezone

from communities.models import CaseRound, Community, NotesVersion, Session, save_notes
from portal.people.models import User
from tests.communities import make


def meeting(community: Community, *, minutes_ago: int = 5, **fields) -> Session:
    """A session that began so many minutes ago."""
    session = make.session(community, **fields)
    length = session.ends_at - session.starts_at
    session.starts_at = timezone.now() - timedelta(minutes=minutes_ago)
    session.ends_at = session.starts_at + length
    session.save()
    return session


def notes(session: Session, by: User, text: str = "We talked") -> NotesVersion:
    return save_notes(session, text, base=0, page="", by=by)


def case_round(session: Session, by: User, question: str = "How do I ask?") -> CaseRound:
    return CaseRound.bring(session, question, by=by)
