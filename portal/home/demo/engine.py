"""What the engine did in the demo's last days: mails that went, were held back and failed."""

from datetime import datetime, time, timedelta

from django.db.models import OuterRef, Subquery

from communities.models import Routine
from communities.notices import CommitmentsDue
from portal.agencies.models import Agency
from portal.home.demo.notices import OF_OLD
from portal.notices.models import Delivery, Notice, PausedAddress, Reason, State
from portal.notices.notices import AddressPaused
from portal.people.models import User
from portal.recurrence import instant, wall_time
from portal.reminders.models import Occurrence, Rule

A_DAY = timedelta(days=1)
KIND = CommitmentsDue.kind
# What became of one mail after another.
ENDS = [
    (State.HANDED_OFF, Reason.NONE),
    (State.HANDED_OFF, Reason.NONE),
    (State.SUPPRESSED, Reason.READ),
    (State.HANDED_OFF, Reason.NONE),
    (State.SUPPRESSED, Reason.OPTED_OUT),
    (State.HANDED_OFF, Reason.NONE),
    (State.CANCELLED, Reason.UNTRUE),
]


def load(agency: Agency, people: list[User], now: datetime) -> None:
    """Three mornings of what comes back to `people`, who promised themselves something; one morning
    is too late. The last two have mail that does not arrive: one for good, one since a server was
    away."""
    routine = Routine.objects.get(agency=agency, kind=KIND, community=None, team_of=None)
    rule = Rule.objects.filter(routine_clock__routine=routine).order_by("pk").first()
    assert rule is not None
    for days in range(1, 4):
        wall = datetime.combine(wall_time(now - days * A_DAY, rule.zone).date(), time(8))
        due_at = instant(wall, rule.zone)
        is_late = days == 2
        told = 0 if is_late else _morning(routine, people[days - 1 : days + 5], due_at, days)
        Occurrence.objects.create(
            rule=rule,
            version=rule.version,
            wall=wall,
            starts_at=due_at,
            due_at=due_at,
            outcome=Occurrence.Outcome.LATE if is_late else Occurrence.Outcome.TOLD,
            told=told,
            made_at=due_at + (A_DAY if is_late else timedelta(0)),
        )
    _went_long_ago(now)
    gone, away = people[-1], people[-2]
    _dead_letter(routine, gone, now - A_DAY, State.BOUNCED, Reason.NONE, code=550)
    _dead_letter(routine, away, now - 2 * A_DAY, State.GIVEN_UP, Reason.TRIED, code=451)
    PausedAddress.pause(gone, code=550, at=now - A_DAY)
    AddressPaused.tell([gone], about=gone, due_at=now - A_DAY)


def _went_long_ago(now: datetime) -> None:
    """What the demo's past told people was mailed then; nothing of it is taken back today."""
    then = Notice.objects.filter(pk=OuterRef("notice")).values("due_at")
    Delivery.objects.filter(state=State.PLANNED, notice__due_at__lt=now - OF_OLD).update(
        state=State.HANDED_OFF, attempts=1, settled_at=Subquery(then), next_try_at=None
    )


def _morning(routine: Routine, people: list[User], due_at: datetime, which: int) -> int:
    CommitmentsDue.tell(people, about=routine, due_at=due_at, expires_at=due_at + A_DAY)
    mails = Delivery.objects.filter(notice__kind=KIND, notice__due_at=due_at).order_by("pk")
    for place, mail in enumerate(mails.select_related("notice")):
        state, reason = ENDS[(which + place) % len(ENDS)]
        at = due_at + timedelta(seconds=5 + place)
        _end(mail, state, reason, at, attempts=int(state == State.HANDED_OFF))
        mail.notice.read(at + timedelta(hours=2))
    return len(mails)


def _dead_letter(
    routine: Routine, person: User, at: datetime, state: State, reason: Reason, *, code: int
) -> None:
    CommitmentsDue.tell([person], about=routine, due_at=at)
    mail = Delivery.objects.get(
        notice__kind=KIND, notice__recipient=person, notice__due_at=at, state=State.PLANNED
    )
    attempts = 1 if state == State.BOUNCED else 12
    _end(mail, state, reason, at + timedelta(seconds=5), attempts=attempts, code=code)


def _end(
    mail: Delivery,
    state: State,
    reason: Reason,
    at: datetime,
    *,
    attempts: int,
    code: int | None = None,
) -> None:
    Delivery.objects.filter(pk=mail.pk).update(
        state=state,
        reason=reason,
        attempts=attempts,
        smtp_code=code,
        settled_at=at,
        next_try_at=None,
    )
