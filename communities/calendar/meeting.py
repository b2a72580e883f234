"""What a calendar needs to know of a session, and no more: 2,000 of them are read at once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communities.models.session import SessionQuerySet

COLUMNS = (
    "pk",
    "original_day",
    "original_time",
    "starts_at",
    "ends_at",
    "sequence",
    "changed_at",
    "host_id",
    "host__name",
    "cancellation",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as a row. `cancellation` is the id of its calling off, if it was called off."""

    pk: int
    original_day: date
    original_time: time
    starts_at: datetime
    ends_at: datetime
    sequence: int
    changed_at: datetime
    host_id: int | None
    host_name: str | None
    cancellation: int | None

    @property
    def is_cancelled(self) -> bool:
        return self.cancellation is not None


def meetings_of(sessions: "SessionQuerySet") -> dict[int, list[Meeting]]:
    """The sessions by the id of their series, in the order of their days. One query."""
    found: dict[int, list[Meeting]] = defaultdict(list)
    rows = sessions.order_by("series_id", "original_day").values_list("series_id", *COLUMNS)
    for row in rows:
        found[row[0]].append(Meeting(*row[1:]))
    return found
