"""The portal's Celery app with the beat of a test: the engine's own ticks, and often.

celery -A tests.portal.reminders.fast_clock beat
"""

from portal.celery import app

__all__ = ["app"]

TICKS = {"reminders.tick": 1, "notices.sweep": 1, "reminders.heartbeat": 2}
app.conf.beat_schedule = {
    task: {"task": task, "schedule": seconds, "options": {"expires": 30}}
    for task, seconds in TICKS.items()
}
app.conf.beat_max_loop_interval = 1
