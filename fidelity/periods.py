"""How long a point of a group's course stands for. Pure."""

from datetime import date

PERIODS = ("month", "quarter", "year")


def beginning(month: date, period: str) -> date:
    """The first day of the period that a month lies in."""
    if period == "year":
        return month.replace(month=1)
    if period == "quarter":
        return month.replace(month=month.month - (month.month - 1) % 3)
    return month
