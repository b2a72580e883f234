"""How reminders and mail are doing: figures without a name, for a watchman and for admins."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from kombu import Connection

from portal.agencies.access import has_role
from portal.agencies.models import Role
from portal.home.broker import reached
from portal.notices.models import Delivery, Heartbeat, State
from portal.notices.models.delivery import FAILED
from portal.notices.models.heartbeat import is_silent
from portal.people.models import User
from portal.reminders.models import Rule

log = logging.getLogger(__name__)

A_MINUTE = timedelta(minutes=1)
PARTS: dict[str, str | Promise] = {
    "tick": _("The tick, which makes what is due"),
    "sweep": _("The sweep, which sends what nobody sent"),
    "worker": _("The workers, which do both"),
}


@dataclass(frozen=True)
class Figure:
    """One figure: its name for programs, what it says, and its value (None: not known)."""

    name: str
    words: str | Promise
    value: float | None
    labels: tuple[tuple[str, str], ...] = ()

    def line(self) -> str:
        """As Prometheus reads it."""
        labels = ",".join(f'{name}="{value}"' for name, value in self.labels)
        value = "NaN" if self.value is None else f"{self.value:g}"
        return f"{self.name}{{{labels}}} {value}" if labels else f"{self.name} {value}"


@dataclass(frozen=True)
class Part:
    """Something that should run again and again."""

    name: str
    age: timedelta | None

    @property
    def words(self) -> str | Promise:
        return PARTS[self.name]

    @property
    def is_stuck(self) -> bool:
        return is_silent(self.name, self.age)


def watches(person: User) -> bool:
    """Whether it is theirs to see that all of this runs."""
    return person.is_staff or has_role(person, Role.ADMIN)


def parts(at: datetime) -> list[Part]:
    beats = dict(Heartbeat.objects.filter(name__in=PARTS).values_list("name", "at"))
    return [Part(name, at - beats[name] if name in beats else None) for name in PARTS]


def stuck_since_running(at: datetime) -> list[Part]:
    """What ran once and has stopped. What never ran is for whoever sets the portal up: /readyz and
    the status page say so. One query."""
    return [part for part in parts(at) if part.age is not None and part.is_stuck]


def figures(at: datetime) -> list[Figure]:
    """Six queries, and a question to the broker."""
    return [*_outbox(at), *_last_minute(at), *_rules(at), _broker()]


def alive(found: Iterable[Part]) -> list[Figure]:
    """The same as figures."""
    lines = []
    for part in found:
        label = (("part", part.name),)
        seconds = None if part.age is None else part.age.total_seconds()
        age = _("Seconds since its last sign of life")
        lines.append(Figure("trellis_heartbeat_age_seconds", age, seconds, label))
        lines.append(Figure("trellis_stuck", _("1 while it is stuck"), part.is_stuck, label))
    return sorted(lines, key=lambda figure: figure.name)


def _outbox(at: datetime) -> list[Figure]:
    due = Delivery.objects.due(at).aggregate(n=Count("pk"), oldest=Min("next_try_at"))
    planned = Delivery.objects.filter(state=State.PLANNED)
    return [
        Figure("trellis_outbox_due", _("Mails that wait to go now"), due["n"]),
        Figure(
            "trellis_outbox_oldest_due_seconds",
            _("Seconds that the longest waiting of them is late"),
            _late(at, due["oldest"]),
        ),
        Figure(
            "trellis_outbox_later",
            _("Mails that are to go later: at a decent hour, or after a failure"),
            planned.filter(next_try_at__gt=at).count(),
        ),
        Figure(
            "trellis_outbox_claimed",
            _("Mails that a worker holds"),
            Delivery.objects.filter(state=State.CLAIMED).count(),
        ),
    ]


def _last_minute(at: datetime) -> list[Figure]:
    settled = Delivery.objects.filter(settled_at__gt=at - A_MINUTE, settled_at__lte=at)
    ended = dict(settled.values_list("state").annotate(n=Count("pk")).order_by())
    failed = sum(ended.get(state, 0) for state in FAILED)
    kept = sum(ended.values()) - failed - ended.get(State.HANDED_OFF, 0)
    return [
        Figure(
            "trellis_mails_sent_per_minute",
            _("Mails sent in the last minute"),
            ended.get(State.HANDED_OFF, 0),
        ),
        Figure("trellis_mails_failed_per_minute", _("Mails that failed for good in it"), failed),
        Figure("trellis_mails_held_back_per_minute", _("Mails that were held back in it"), kept),
    ]


def _rules(at: datetime) -> list[Figure]:
    found = Rule.objects.due(at).aggregate(n=Count("pk"), oldest=Min("next_due_at"))
    failing = Rule.objects.filter(next_due_at__isnull=False, failures__gt=0)
    return [
        Figure("trellis_rules_due", _("Reminder rules that are due"), found["n"]),
        Figure(
            "trellis_rules_oldest_due_seconds",
            _("Seconds that the longest waiting of them is late"),
            _late(at, found["oldest"]),
        ),
        Figure(
            "trellis_rules_failing", _("Reminder rules put off after a failure"), failing.count()
        ),
    ]


def _broker() -> Figure:
    """Nothing is lost while it is away: the database is the schedule."""
    waiting: float | None = None
    try:
        with reached() as kombu:
            waiting = sum(_waiting(kombu, queue.name) for queue in settings.CELERY_TASK_QUEUES)
    except Exception as problem:  # whatever a broker that is away says
        log.info("engine.broker", extra={"reason": type(problem).__name__})
    return Figure("trellis_queue_messages", _("Calls to workers that the broker holds"), waiting)


def _waiting(broker: Connection, queue: str) -> int:
    channel: Any = broker.channel()  # a queue that is not there closes RabbitMQ's
    try:
        return int(channel.queue_declare(queue, passive=True).message_count)
    except broker.channel_errors:
        return 0  # nothing was ever put there


def _late(at: datetime, since: datetime | None) -> float:
    return 0 if since is None else max(0.0, (at - since).total_seconds())
