"""What is due, when, for whom."""

from portal.reminders.models.occurrence import Occurrence
from portal.reminders.models.rule import Rule

__all__ = ["Occurrence", "Rule"]
