"""A person's public holidays: those of where they work."""

from collections.abc import Callable
from datetime import date

from portal.agencies.models.standing import positions_of
from portal.notices.habits import on_holiday
from portal.people.models import User


@on_holiday
def holidays_of(person: User) -> Callable[[date], bool]:
    """Whether a day is one in the place of any agency of theirs."""
    places = {position.agency.days_off() for position in positions_of(person)}
    return lambda day: any(place.name(day) for place in places)
