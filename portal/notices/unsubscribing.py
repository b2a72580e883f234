"""Opting out by a link, without signing in: a signed token for a person, category and channel."""

from django.core import signing

from portal.notices.models import Category, Channel
from portal.people.models import User

SALT = "notices.unsubscription"


def token_for(person: User, category: str, channel: str) -> str:
    """Holds for good: people open old mails. It opens nothing but this one choice."""
    return signing.dumps([person.pk, str(category), str(channel)], salt=SALT)


def read(token: str) -> tuple[User, Category, Channel] | None:
    """Whose token it is and for what; None when it was not made here."""
    try:
        pk, category, channel = signing.loads(token, salt=SALT)
        person = User.objects.filter(pk=pk).first()
        return (person, Category(category), Channel(channel)) if person else None
    except (signing.BadSignature, ValueError, TypeError):
        return None
