"""What recurs: a rule, a wall time and a zone become instants. No models, no clock.

time-and-reminders, "Time": expand in naive wall time, then attach the zone; never add hours to an
instant.
"""

from portal.recurrence.parts import NotARecurrence
from portal.recurrence.rule import Occurrence, Recurrence
from portal.recurrence.wall import instant, is_skipped, skipped_days, wall_time, zone_rules
from portal.recurrence.words import describe, describe_for_each, place

__all__ = [
    "NotARecurrence",
    "Occurrence",
    "Recurrence",
    "describe",
    "describe_for_each",
    "instant",
    "is_skipped",
    "place",
    "skipped_days",
    "wall_time",
    "zone_rules",
]
