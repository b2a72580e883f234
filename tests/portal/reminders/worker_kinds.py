"""Registers the example kinds in a worker's process: `celery worker -I` imports this."""

from portal.notices import kinds as notice_kinds
from portal.reminders import kinds as reminder_kinds
from tests.portal.reminders.make import Reflections, TimeToReflect

notice_kinds.register(TimeToReflect)
reminder_kinds.register(Reflections)
