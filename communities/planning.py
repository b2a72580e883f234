"""Writing a series' sessions ahead, and keeping them to what the series says.

What has begun is never touched here. A session that somebody set by hand keeps what they set.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from communities.notices import SessionReminder
from communities.schedule import Meeting
from portal.audit.events import record_all
from portal.notices.models import Notice
from portal.people.models import User
from portal.reminders.models import Rule

if TYPE_CHECKING:
    from communities.models.series import Series
    from communities.models.session import Session, SessionQuerySet

HORIZON = timedelta(weeks=26)  # how far ahead sessions are written; beyond, the rhythm tells
# Kinds in communities.reminders.
REMINDER, DAY_BEFORE = "session.reminder", "session.day_before"
TWO_DAYS_BEFORE, AFTER = "session.two_days_before", "session.after"
KINDS = (REMINDER, DAY_BEFORE, TWO_DAYS_BEFORE, AFTER)
A_DAY = 24 * 60  # minutes
SOON_AFTER = 30
TIMES = ["original_time", "starts_at", "ends_at", "holiday", "sequence", "changed_at"]


def write_ahead(series: "Series", at: datetime) -> int:
    """Write the sessions from `at` to the horizon that are not there yet; how many are new."""
    coming = series.schedule.coming(at, at + HORIZON)
    there = _days_there(series, coming)
    missing = [_session(series, each, at) for each in coming if each.wall.date() not in there]
    if missing:
        series.sessions.bulk_create(missing, ignore_conflicts=True)
        deal(series, at)
        look_again(series, at)
    return len(missing)


def skipped_among(
    series: "Series", sessions: Sequence["Session"], at: datetime | None = None
) -> list[Meeting]:
    """What holidays skip from now to the last of these sessions, or the horizon without any."""
    at = at or timezone.now()
    if series.is_ended:
        return []
    until = sessions[-1].starts_at if sessions else at + HORIZON
    return [each for each in series.schedule.between(at, until) if each.starts_at is None]


def has_later(series: "Series", sessions: Sequence["Session"], at: datetime | None = None) -> bool:
    """Whether it meets on after the last of these, or at all without any."""
    if series.is_ended:
        return False
    last = sessions[-1] if sessions else None
    after = max(last.starts_at, last.rule_gave) if last else at or timezone.now()
    return any(each.starts_at for each in series.schedule.following(after, 1))


def replan(series: "Series", *, by: User | None, at: datetime) -> bool:
    """Move what keeps its day, drop what lost it, write what is new; whether anything changed."""
    sessions = series.sessions.filter(starts_at__gt=at).select_related("override")
    rows = list(sessions.select_for_update(of=("self",)))
    until = max([at + HORIZON, *(row.rule_gave + timedelta(days=1) for row in rows)])
    coming = series.schedule.coming(at, until)
    wanted = {each.wall.date(): _session(series, each, at) for each in coming}
    moved, lost = [], []
    for row in rows:
        fresh = wanted.get(row.original_day)
        if fresh is not None:
            moved += [row] if row.take_the_time_of(fresh) else []
        elif not (row.keeps_its_time and row.rule_gave <= at):
            lost.append(row.pk)
    _save(moved, TIMES)
    drop(series.sessions.filter(pk__in=lost), by=by, at=at)
    fresh_ones = write_ahead(series, at)
    if not fresh_ones:
        deal(series, at)
        look_again(series, at)
    return bool(moved or lost or fresh_ones)


def drop(sessions: "SessionQuerySet", *, by: User | None, at: datetime, why: str = "") -> None:
    """A session that nobody has touched goes; one with somebody's work in it is called off.

    Tells nobody: whoever drops sessions tells of it once.
    """
    kept = list(sessions.standing().worked_on().select_related("series__community__agency"))
    if kept:
        cancellation = _cancellation_of(sessions)
        reason = why or gettext("The rhythm of the series changed.")
        cancellation.objects.bulk_create(
            [cancellation(session=each, by=by, at=at, reason=reason) for each in kept],
            ignore_conflicts=True,
        )
        called_off = sessions.model.objects.filter(pk__in=[each.pk for each in kept])
        called_off.update(sequence=F("sequence") + 1, changed_at=at)
        agency = kept[0].community.agency
        record_all("session.cancelled", on=kept, by=by, agency=agency, at=at)
        Notice.objects.standing().filter(
            kind=SessionReminder.kind,
            subject_type=sessions.model._meta.label_lower,
            subject_id__in=[each.pk for each in kept],
            read_at=None,
        ).take_back(at)
    gone = sessions.standing().untouched()
    # Nothing points at them, so nothing is to be looked for that goes along: one query at any
    # number, where delete() takes one a hundred rows and one a model that might point here.
    gone._raw_delete(gone.db)


def take_up(sessions: "SessionQuerySet", *, at: datetime) -> None:
    """What was called off in one act stands again. Tells nobody."""
    back = list(sessions.values_list("pk", flat=True))
    _cancellation_of(sessions).objects.filter(session__in=back).delete()
    sessions.model.objects.filter(pk__in=back).update(sequence=F("sequence") + 1, changed_at=at)


def deal(series: "Series", at: datetime) -> None:
    """Give each session to come its host, in turn from the last that was held.

    A session whose host was set by hand keeps that host, and its turn counts.
    """
    turns = list(series.turns.values_list("person", flat=True))
    if not turns:
        return
    held = series.sessions.filter(starts_at__lte=at, host__in=turns).exclude(override__hosts=True)
    last = held.order_by("-original_day").values_list("original_day", "host").first()
    sessions = series.sessions.select_related("override").order_by("original_day")
    place = 0
    if last:
        sessions = sessions.filter(original_day__gt=last[0])
        place = turns.index(last[1]) + 1
    given = []
    for each in sessions:
        host = turns[place % len(turns)]
        place += 1
        if each.starts_at > at and each.host_id != host and not each.keeps_its_host:
            each.host_id, each.changed_at = host, at
            given.append(each)
    _save(given, ["host", "changed_at"])


def plan_reminders(series: "Series", *, by: User | None, at: datetime) -> None:
    """One rule some minutes before each session, and those that the series asks for besides."""
    wanted = {REMINDER: series.remind_minutes}
    if series.reminds_day_before:
        wanted[DAY_BEFORE] = A_DAY
    if series.reminds_two_days_before:
        wanted[TWO_DAYS_BEFORE] = 2 * A_DAY
    if series.asks_after:
        wanted[AFTER] = -SOON_AFTER
    for kind, minutes in wanted.items():
        Rule.plan_for(
            series,
            kind=kind,
            recurrence=series.recurrence,
            minutes_before=minutes,
            by=by,
            at=at,
        )
    for kind in _reminded(series) - wanted.keys():
        Rule.end_for(series, kind=kind, by=by, at=at)


def _reminded(series: "Series") -> set[str]:
    """The kinds of reminder that the series has now."""
    rules = Rule.objects.for_owner(series).filter(ended_at=None)
    return set(rules.values_list("kind", flat=True))


def hand_on_reminders(
    series: "Series", following: "Series", sessions: list[int], *, by: User | None, at: datetime
) -> None:
    """The sessions (by id) are the following series' from now on: what was told of them, too."""
    plan_reminders(following, by=by, at=at)
    for kind in sorted(_reminded(following)):
        Rule.hand_on(
            kind=kind,
            owner=series,
            to=following,
            subject_type=series.sessions.model._meta.label_lower,
            subjects=sessions,
        )


def end_reminders(series: "Series", *, by: User | None, at: datetime) -> None:
    for kind in sorted(_reminded(series)):
        Rule.end_for(series, kind=kind, by=by, at=at)


def look_again(series: "Series", at: datetime | None = None) -> None:
    """Reminders follow the sessions: what was told of a time that no longer holds is taken back."""
    for kind in sorted(_reminded(series)):
        Rule.reschedule_for(series, kind=kind, at=at or timezone.now())


def _cancellation_of(sessions: "SessionQuerySet") -> Any:
    """The model, which stands beside Session and so above this module."""
    return sessions.model._meta.get_field("cancellation").related_model


def _session(series: "Series", meeting: Meeting, at: datetime) -> "Session":
    assert meeting.starts_at  # skipped ones are never written
    return series.sessions.model(
        series=series,
        original_day=meeting.wall.date(),
        original_time=meeting.wall.time(),
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + timedelta(minutes=series.minutes),
        holiday=meeting.holiday,
        host=series.host,
        changed_at=at,
    )


def _save(rows: "list[Session]", fields: list[str]) -> None:
    """Write these fields of rows that are there (and locked, or of a locked series), in one query.

    bulk_update writes a CASE a field and row: "this and following" on five years of sessions took
    1.45 s with it, and 0.31 s so, on a busy machine.
    """
    if rows:
        type(rows[0]).objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def _days_there(series: "Series", coming: Iterable[Meeting]) -> set[object]:
    """Days that have a session: its own, and what its forerunner held before it was cut short."""
    days = [each.wall.date() for each in coming]
    there = series.sessions.filter(original_day__in=days)
    if series.follows_id:
        there |= series.sessions.model.objects.filter(
            series=series.follows_id, original_day__in=days
        )
    return set(there.values_list("original_day", flat=True))
