"""Calendar programs that are not ours, asked what they make of what we write."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, order=True)
class Seen:
    """One event as a program shows it: instants, and which of ours it is."""

    starts: datetime
    ends: datetime
    uid: str
