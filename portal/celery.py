"""The Celery app, and the one list of what recurs.

Beat ticks at fixed intervals only: the database is the schedule (time-and-reminders, Scheduler).
"""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_before_create_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("trellis")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# name: (task, every so many seconds). Each task finds its own work in the database, so a tick
# that comes late, twice, or beside another changes nothing but the time.
TICKS: dict[str, tuple[str, float]] = {
    # Rules that are due tell people, and so does what a stopped clock left behind.
    "tick": ("reminders.tick", 15),
    # What nobody delivered goes: lost calls, lost workers, mails told to come later.
    "sweep": ("notices.sweep", 60),
    # Digests whose hour has come.
    "digests": ("notices.digests", 60),
    # A worker that takes this is alive, and so is the broker: /readyz reads it.
    "heartbeat": ("reminders.heartbeat", 30),
    # After a new edition of the zone database: when each rule comes due by it.
    "replan": ("reminders.replan", 600),
    # Keeps the sessions of every series written 26 weeks ahead.
    "plan sessions": ("communities.plan_ahead", 6 * 3600),
    # Calendars that asked for invitations hear of what changed.
    "invite": ("communities.invite", 60),
    # Summaries of sessions that are over, and a question to hosts who left nothing of one.
    "follow up": ("communities.follow_up", 600),
    # Saves of shared notes between those that a history shows.
    "thin out notes": ("communities.thin_out_notes", 6 * 3600),
    # Memberships whose ground is gone by its date, and hosts who cannot sign in any more.
    "lapsed memberships": ("communities.end_lapsed", 600),
    # People's clocks that a group's recurring reminders keep, and what every agency has of them.
    "clocks": ("communities.keep_routines", 600),
    # What was taken back a month ago goes for good, files too.
    "removed": ("communities.forget_removed", 6 * 3600),
    # Reflections removed a month ago, or past their agency's time, go for good; authors are told.
    "forgotten reflections": ("reflections.forget", 3600),
    # Account mail that no worker was told of, or that did not go at the first attempt.
    "letters": ("portal.people.tasks.sweep_letters", 30),
    # The letters of invitations that came with a roster.
    "invitations": ("portal.agencies.tasks.write_invitations", 30),
    # Rosters too large for a page.
    "large rosters": ("portal.agencies.tasks.import_rosters", 60),
    # Uploaded rosters that nobody confirmed.
    "rosters": ("portal.agencies.tasks.forget_rosters", 3600),
    # Files of scores that wait to be checked or stored, and those that nobody said yes to.
    "uploads": ("fidelity.work_on_uploads", 60),
    "old uploads": ("fidelity.forget_uploads", 3600),
    # People whose last day at an agency is over.
    "departures": ("portal.agencies.tasks.carry_out_departures", 60),
    # Stand-ins whose last role ended by its date.
    "lapses": ("portal.agencies.tasks.end_lapsed_access", 60),
}

app.conf.beat_schedule = {
    name: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for name, (task, seconds) in TICKS.items()
}


@worker_before_create_process.connect
def share_with_the_next_process(**_told: Any) -> None:
    """Keep the collector off what stands before the fork: it would write to its pages."""
    gc.collect()
    gc.freeze()
