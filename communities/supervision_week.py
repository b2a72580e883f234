"""A supervisor's week in numbers. Each app adds what it knows; nothing to say is no reminder.

@part
class Unanswered(Part):                    # in reflections/reminders.py
    @classmethod
    def exists(cls, at):                   # for `who` of a row, in SQL
        return Exists(...)

    @classmethod
    def sentence(cls, person, at):         # in the reader's words, or nothing
        return ngettext(...)
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from communities.models import Session
from communities.models.membership import Membership
from portal.people.models import User

WEEK = timedelta(days=7)


class Part:
    """One thing that a supervisor's week may hold."""

    @classmethod
    def exists(cls, at: datetime) -> Exists:
        """Whether `who` of a row has any of it at `at`."""
        raise NotImplementedError

    @classmethod
    def sentence(cls, person: User, at: datetime) -> str:
        """How much the person has of it; empty for none. Numbers only: no names, no words."""
        raise NotImplementedError


parts: list[type[Part]] = []


def part(cls: type[Part]) -> type[Part]:
    """Make a part known, once."""
    if cls not in parts:
        parts.append(cls)
    return cls


def has_any(at: datetime) -> Q:
    """Whether `who` of a row has anything to be told of."""
    found = Q(pk__in=[])
    for each in parts:
        found |= Q(each.exists(at))
    return found


def lines_for(person: User, at: datetime) -> list[str]:
    """The sentences of one person's week."""
    return [words for each in parts if (words := each.sentence(person, at))]


@part
class SessionsToCome(Part):
    """Sessions that they host in the coming week."""

    @classmethod
    def exists(cls, at: datetime) -> Exists:
        return Exists(cls._coming(at).filter(host=OuterRef("who")))

    @classmethod
    def sentence(cls, person: User, at: datetime) -> str:
        if n := cls._coming(at).filter(host=person).count():
            return ngettext(
                "You host %(n)d session in the coming week.",
                "You host %(n)d sessions in the coming week.",
                n,
            ) % {"n": n}
        return ""

    @classmethod
    def _coming(cls, at: datetime) -> QuerySet[Session]:
        """What a host who still belongs there has before them."""
        belongs = Membership.objects.current(at).filter(
            person=OuterRef("host"), community=OuterRef("series__community")
        )
        return Session.objects.standing().filter(Exists(belongs), starts_at__range=(at, at + WEEK))
