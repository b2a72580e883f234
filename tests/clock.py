"""Days where the cast lives: past midnight by UTC it is still the evening before in New York."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

NEW_YORK = ZoneInfo("America/New_York")


def today() -> date:
    return day_of(timezone.now())


def day_of(at: datetime) -> date:
    """The day that stands on the cast's calendar at that instant."""
    return timezone.localtime(at, NEW_YORK).date()
