"""Invitations by mail follow what stands: each tick compares what a calendar was told with what
is, and mails the difference. No verb has to remember to, and nothing is told twice.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import override

from communities.calendar import Entry, Pattern, meetings_of, nothing_left, tag_of
from communities.calendar.itip import message
from communities.calendar.parts import RULE, Message, digest_of, kept, key_of, messages, parts_of
from communities.calendar.reading import portal_pattern
from communities.models import (
    CalendarInvitation,
    CalendarMail,
    CalendarWish,
    Community,
    Series,
    SeriesCalendar,
    Session,
)
from communities.notices import CalendarMailed
from portal.notices.models import Channel, Notice
from portal.notices.wishes import refusing
from portal.people.models import User

log = logging.getLogger(__name__)
LOOKED_AT = ("rrule", "starts_on", "local_time", "time_zone", "minutes")


def invite_all(at: datetime | None = None) -> int:
    """Look at every series that changed since the last look; how many."""
    at = at or timezone.now()
    changed = 0
    known = dict(SeriesCalendar.objects.values_list("series", "stamp"))
    for series, stamp in _stamps(at).items():
        if known.get(series) == stamp:
            continue
        try:
            invite(series, stamp=stamp, at=at)
            changed += 1
        except Exception:  # one series that cannot be told stops no other
            log.exception("communities.series_not_told", extra={"series": series})
    return changed


@transaction.atomic
def invite(pk: int, *, stamp: str, at: datetime) -> None:
    """Mail each person who wants it what their calendar does not know yet of this series."""
    calendar, _fresh = SeriesCalendar.objects.select_for_update(of=("self",)).get_or_create(
        series_id=pk
    )
    if calendar.stamp == stamp:  # another worker was here meanwhile
        return
    series = Series.objects.select_related("community", "host", "ending").get(pk=pk)
    meetings = meetings_of(Session.objects.filter(series=series)).get(pk, [])
    pattern = portal_pattern(series, meetings, calendar.sequence)
    told = digest_of(pattern.whole) if pattern.whole else ""
    if told and calendar.told not in {"", told}:
        calendar.sequence += 1
    calendar.told, calendar.stamp = told or calendar.told, stamp
    calendar.save(update_fields=["sequence", "told", "stamp"])
    wanting = {} if series.is_ended else {p.pk: p for p in _wanting([series.community_id])}
    standing = series.calendar_invitations.select_related("person")
    known = {invitation.person_id: invitation for invitation in standing}
    for person in [*wanting.values(), *(i.person for i in standing if i.person_id not in wanting)]:
        invitation = known.get(person.pk)
        with override(person.language):
            pattern = portal_pattern(series, meetings, calendar.sequence)
            if person.pk in wanting:
                _tell(invitation, series, person, pattern, at)
            elif invitation is not None and invitation.withdrawn_at is None:
                _withdraw(invitation, pattern, at)


def _tell(
    invitation: CalendarInvitation | None,
    series: Series,
    person: User,
    pattern: Pattern,
    at: datetime,
) -> None:
    """Mail what is new to this calendar. A series with nothing to come invites nobody."""
    parts = parts_of(pattern, at)
    if invitation is None or invitation.withdrawn_at is not None:
        if not series.sessions.standing().filter(ends_at__gt=at).exists():
            return
        invitation = invitation or CalendarInvitation(person=person, series=series)
        invitation.told, invitation.begun_at, invitation.withdrawn_at = {}, at, None
        invitation.save()
    for each in messages(parts, pattern, invitation.told, at):
        _write(invitation, each, person, at)
    invitation.told = kept(invitation.told, parts, pattern, at)
    invitation.save(update_fields=["told"])


def _withdraw(invitation: CalendarInvitation, pattern: Pattern, at: datetime) -> None:
    """They left, the series ended, or they want no more: take back what still waits, and what is
    in their calendar already."""
    if _take_back(invitation, at):
        for key, entry in _to_withdraw(invitation, pattern, at):
            off = replace(entry, cancelled=True, without=())
            _write(invitation, Message("CANCEL", key, (off,)), invitation.person, at)
    highest = max((sequence for _digest, sequence in invitation.told.values()), default=0)
    invitation.floor, invitation.withdrawn_at = highest + 1, at
    invitation.save(update_fields=["floor", "withdrawn_at", "told"])


def _to_withdraw(
    invitation: CalendarInvitation, pattern: Pattern, at: datetime
) -> Iterator[tuple[str, Entry]]:
    """What stands in the person's calendar: the rule, and events of their own to come."""
    series = invitation.series
    if RULE in invitation.told:
        counted = invitation.told[RULE][1]
        yield (
            RULE,
            pattern.whole
            or nothing_left(
                series, address=settings.PUBLIC_URL, host=settings.PUBLIC_HOST, counted=counted
            ),
        )
    for entry in pattern.alone:
        if entry.uid in invitation.told and entry.ends > at:
            yield entry.uid, entry


def _write(invitation: CalendarInvitation, what: Message, person: User, at: datetime) -> None:
    """One mail, and the notice that carries it. SEQUENCE never falls, and rises with a change."""
    if what.is_whole:
        _take_back(invitation, at, uid=what.entries[0].uid)
    entries = [_counted(invitation, each) for each in what.entries]
    mail = invitation.mails.create(
        number=invitation.mails.count() + 1,
        uid=entries[0].uid,
        method=what.method,
        is_whole=what.is_whole,
        starts_at=entries[0].starts,
        body=message(what.method, [replace(each, changed_at=at) for each in entries], person),
        at=at,
    )
    CalendarMailed.tell(
        [person],
        about=mail,
        due_at=at,
        expires_at=None if what.is_whole else max(what.last_ends_at, at),
    )


def _counted(invitation: CalendarInvitation, entry: Entry) -> Entry:
    """The entry with the SEQUENCE that this calendar is due, kept as told."""
    key = key_of(entry)
    digest, before = invitation.told.get(key, ["", -1])
    sequence = max(entry.sequence + invitation.floor, before + (digest != digest_of(entry)))
    invitation.told[key] = [digest_of(entry), sequence]
    return replace(entry, sequence=sequence)


def _take_back(invitation: CalendarInvitation, at: datetime, *, uid: str = "") -> bool:
    """Withdraw what has not gone yet; whether anything went."""
    mails = invitation.mails.filter(at__gte=invitation.begun_at)
    mails = mails.filter(uid=uid) if uid else mails
    notices = Notice.objects.standing().filter(
        kind=CalendarMailed.kind,
        subject_type=CalendarMail._meta.label_lower,
        subject_id__in=mails.values("pk"),
    )
    notices.unsent().take_back(at)
    return notices.exists()


def _wanting(communities: Iterable[int]) -> list[User]:
    """Members who want invitations, and mail that brings them."""
    without = refusing(CalendarMailed, Channel.MAIL)
    found: dict[int, User] = {}
    for community in Community.objects.standing().filter(pk__in=communities):
        members = community.members().filter(calendar_wish__isnull=False)
        for person in members.exclude(pk__in=without.values("pk")):
            found[person.pk] = person
    return list(found.values())


def _stamps(at: datetime) -> dict[int, str]:
    """What each series that concerns anybody looks like now, and who wants to hear of it.

    What is over is left out: nobody is mailed about the past.
    """
    running = Q(ending=None, community__closure=None)
    to_come = Q(sessions__ends_at__gt=at)
    standing = CalendarInvitation.objects.filter(withdrawn_at=None)
    rows = (
        Series.objects.filter(running | Q(pk__in=standing.values("series")))
        .order_by()
        .values_list("pk", "community", *LOOKED_AT, "ending", "community__closure")
        .annotate(
            number=Count("sessions", filter=to_come),
            newest=Max("sessions__pk", filter=to_come),
            touched=Max("sessions__changed_at", filter=to_come),
            counted=Sum("sessions__sequence", filter=to_come),
            called_off=Max("sessions__cancellation", filter=to_come),
        )
    )
    found = list(rows)
    wishing = CalendarWish.objects.values("person__memberships__community")
    concerned = Community.objects.filter(pk__in=wishing).values_list("pk", flat=True)
    wanting = {pk: [person.pk for person in _wanting([pk])] for pk in concerned}
    return {row[0]: tag_of([*row, wanting.get(row[1])])[1:-1] for row in found}
