"""This session and those that follow it: changed together, or met for no more.

The series ends before the session, by UNTIL. A change begins a new series there, with an identity
of its own, which takes the sessions to come along: what hangs on them stays attached.
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from communities import planning
from communities.models.host_turn import HostTurn
from communities.models.series import TIMES, Ending, Series
from communities.models.session import Session, SessionQuerySet
from communities.notices import SeriesChanged, SeriesEnded
from communities.rhythm import counting, ending
from portal.audit.events import record
from portal.people.models import User
from portal.recurrence import instant

# What a series hands on to the one that follows it.
HANDED_ON = (
    "title", "local_time", "time_zone", "minutes", "reflection_minutes", "on_holidays", "host",
    "remind_minutes", "reminds_day_before",
    "reminds_two_days_before", "asks_after", "ends_why",
)  # fmt: skip


def rest_of(session: Session) -> dict[str, Any]:
    """The fields of a series that would begin with this session and change nothing.

    What is left of a number of times is counted anew.
    """
    series = session.series
    rule, before = series.rrule, days_before(session)
    if count := series.recurrence.parts.count:
        rule = counting(rule, count - len(before))
    same = {name: getattr(series, name) for name in HANDED_ON}
    return same | {"starts_on": session.original_day, "rrule": rule}


def days_before(session: Session) -> list[date]:
    """The days of the series before the session's, by the rule."""
    recurrence = session.series.recurrence
    first = instant(recurrence.starts, recurrence.zone)
    return [
        each.wall.date()
        for each in recurrence.between(first, session.rule_gave)
        if each.wall.date() < session.original_day
    ]


@transaction.atomic
def continue_from(
    session: Session, *, by: User | None, at: datetime | None = None, **fields: Any
) -> Series:
    """Change the series from this session on; `fields` are a series'. The series that holds from
    then on: the same one where nothing changes, or where the session is its first.

    Raises ValidationError once the session has begun, or when the change would reach back over
    the one before it; NotARecurrence when the rule never comes.
    """
    at = at or timezone.now()
    session, series = _locked(session, at)
    before = days_before(session)
    if not before:
        series.change(by=by, at=at, **fields)
        return series
    rest = rest_of(session)
    wanted = rest | fields
    changed = {name for name in wanted if wanted[name] != rest[name]}
    if not changed:
        return series
    following = Series(community=series.community, follows=series, changed_at=at, **wanted)
    if "rrule" in changed:
        following.ends_why = ""  # it was said of an end that is not this rule's
    following.start_on_the_first_day()
    if following.starts_on <= before[-1]:
        raise ValidationError(
            {"starts_on": gettext("Choose a day after the session before: those stay as they are.")}
        )
    following.full_clean()
    following.save()
    record("series.continued", on=following, by=by, agency=series.community.agency, at=at)
    _hand_on_turns(series, following, session)
    taken = _from(session, at)
    pks = list(taken.values_list("pk", flat=True))
    taken.update(series=following, changed_at=at)
    planning.hand_on_reminders(series, following, pks, by=by, at=at)
    _cut_short(series, before[-1], by=by, at=at)
    if "host" in changed:
        rows = following.sessions.filter(host=series.host).exclude(override__hosts=True)
        rows.update(host=following.host)
    planning.replan(following, by=by, at=at)
    if changed & TIMES:
        SeriesChanged.tell_anew(following.community.members(at), about=following, due_at=at)
    return following


@transaction.atomic
def stop_before(
    session: Session, *, by: User | None, at: datetime | None = None, why: str = ""
) -> None:
    """Call this session and all that follow it off. Members hear of it once, and read `why` on
    the page of the series.

    Raises ValidationError once the session has begun.
    """
    at = at or timezone.now()
    session, series = _locked(session, at)
    before = days_before(session)
    if not before:
        series.end(by=by, at=at, why=why)
        return
    gone = _from(session, at)
    planning.drop(gone, by=by, at=at, why=why or gettext("The series has ended."))
    _cut_short(series, before[-1], by=by, at=at, why=why)
    record("series.shortened", on=series, by=by, agency=series.community.agency, at=at)
    SeriesEnded.tell_anew(series.community.members(at), about=series, due_at=at)


def _locked(session: Session, at: datetime) -> tuple[Session, Series]:
    """The session and its series as they stand, for this transaction alone."""
    Series.objects.select_for_update().get(sessions=session.pk)
    session = Session.objects.select_related("series__community__agency", "series__host").get(
        pk=session.pk
    )
    if session.starts_at <= at:
        raise ValidationError(gettext("This session has begun. Choose a later one."))
    if Ending.objects.filter(series=session.series).exists():
        raise ValidationError(gettext("This series has ended."))
    return session, session.series


def _from(session: Session, at: datetime) -> SessionQuerySet:
    """The session and what follows it by the rule, but for what has begun."""
    rows: SessionQuerySet = session.series.sessions.filter(starts_at__gt=at)
    return rows.filter(original_day__gte=session.original_day)


def _cut_short(series: Series, last: date, *, by: User | None, at: datetime, why: str = "") -> None:
    series.rrule, series.changed_at = ending(series.rrule, last, series.time_zone), at
    series.ends_why = why
    series.save(update_fields=["rrule", "ends_why", "changed_at"])
    planning.plan_reminders(series, by=by, at=at)


def _hand_on_turns(series: Series, following: Series, session: Session) -> None:
    """The same hosts in the same order; whose turn the session is begins."""
    people = list(series.turns.values_list("person", flat=True))
    first = people.index(session.host_id) if session.host_id in people else 0
    HostTurn.objects.bulk_create(
        HostTurn(series=following, person_id=person, place=place)
        for place, person in enumerate(people[first:] + people[:first], start=1)
    )
