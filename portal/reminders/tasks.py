"""What the worker does for reminders."""

from celery import shared_task

from portal.notices.models import Heartbeat
from portal.reminders.replanning import replan as find_next_times_anew
from portal.reminders.tick import tick as settle_what_is_due


@shared_task(name="reminders.tick")
def tick() -> None:
    settle_what_is_due()


@shared_task(name="reminders.replan")
def replan() -> None:
    find_next_times_anew()


@shared_task(name="reminders.heartbeat")
def heartbeat() -> None:
    """A worker took this from the broker: both are alive."""
    Heartbeat.beat("worker")
