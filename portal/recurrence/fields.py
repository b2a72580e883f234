"""A model field for wall time: a date and an hour on the clock, of no zone."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime


class WallTimeField(models.DateTimeField):
    """`timestamp without time zone`: what a rule keeps beside its zone. Always naive."""

    def db_type(self, connection: Any) -> str:
        return "timestamp without time zone"

    def get_internal_type(self) -> str:
        return "WallTimeField"  # so that nothing converts it to an instant

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str):
            value = parse_datetime(value)
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise ValueError(f"{self.name} is wall time: without a zone")
        return value

    def get_prep_value(self, value: Any) -> datetime | None:
        return self.to_python(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return self.to_python(value)
