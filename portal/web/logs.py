"""Logs as JSON, one object a line, with a request id and nothing that anyone wrote.

An exception's message may quote what was typed or a row ("Key (email)=(...) already exists"), so
a log line carries its type and where it was raised, not its words. In development the console
shows plain text with everything.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")

# What a caller may add with `extra={...}`: facts about the work, never about a person.
FACTS = (
    "route",
    "method",
    "status",
    "milliseconds",
    "queries",
    "task",
    "count",
    "kind",
    "delivery",
    "attempt",
    "reason",
    "seconds",
)
# Loggers of others that put paths, addresses or values into their messages.
TALKATIVE = ("django.request", "django.security", "django.server", "celery.app.trace", "allauth")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, event, request, FACTS, and an error's place."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # The template without its arguments, where a library fills in what it was given.
            "event": str(record.msg) if record.name.startswith(TALKATIVE) else record.getMessage(),
        }
        if current := request_id.get():
            line["request"] = current
        line |= {fact: getattr(record, fact) for fact in FACTS if hasattr(record, fact)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = places(traceback.extract_tb(record.exc_info[2]))
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainFormatter(logging.Formatter):
    """For the console of development: the words, then the facts; an error with all it says."""

    def __init__(self) -> None:
        super().__init__("%(levelname).1s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        facts = [f"{fact}={getattr(record, fact)}" for fact in FACTS if hasattr(record, fact)]
        return " ".join([super().formatMessage(record), *facts])


def places(frames: traceback.StackSummary) -> list[str]:
    """Our own frames of a traceback, outermost first, and the one that raised."""
    told = [frame for frame in frames[:-1] if "site-packages" not in frame.filename]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in [*told, *frames[-1:]]]


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: JSON on standard error, or plain text for development."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "portal.web.logs.JsonFormatter"},
            "plain": {"()": "portal.web.logs.PlainFormatter"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "plain",
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Ours, `trellis.request`, says the same without the path.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": ["stderr"], "propagate": False},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # What they say of a paper they write: a glyph that is missing is part of a name.
            "fontTools": {"level": "WARNING"},
            "fpdf": {"level": "ERROR"},
        },
    }
