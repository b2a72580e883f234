"""A process of the bench that does one thing and tells what it cost: python -m tests.bench.act WHAT

Its own CPU and memory, and those of the PostgreSQL process that serves it.
"""

import json
import os
import smtplib
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  # settings come first
from django.db import connection  # noqa: E402

from fidelity.imports.work import work_on  # noqa: E402
from fidelity.models import Upload  # noqa: E402
from portal.notices.sending import deliver_due  # noqa: E402
from portal.reminders.tick import tick  # noqa: E402
from tests.bench import reminder_kinds  # noqa: E402, F401  # registers what is reminded of

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def settle(at: str) -> dict[str, Any]:
    """Tick until nothing is due."""
    rules = told = 0
    while (done := tick(datetime.fromisoformat(at))).rules:
        rules, told = rules + done.rules, told + done.told
    return {"rules": rules, "told": told}


def deliver() -> dict[str, Any]:
    sent = 0
    while ends := deliver_due():
        sent += ends["handed_off"]
    return {"sent": sent}


def bare(path: str, count: str) -> dict[str, Any]:
    """The same mail again and again, written beforehand: what no sender can be faster than."""
    content = Path(path).read_bytes()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as line:
        for number in range(int(count)):
            line.sendmail("trellis@example.org", [f"p{number}@example.org"], content)
    return {"sent": int(count)}


def scheduler(count: str) -> dict[str, Any]:
    """django-celery-beat's own loop, without its pauses, until each entry was sent once."""
    from django_celery_beat.schedulers import DatabaseScheduler

    from portal.celery import app

    beat = DatabaseScheduler(app=app)
    sent = 0
    real = beat.apply_async

    def apply_async(*words: Any, **named: Any) -> Any:
        nonlocal sent
        sent += 1
        return real(*words, **named)

    beat.apply_async = apply_async
    while sent < int(count):
        beat.tick()
    beat.close()
    return {"sent": sent}


def percents(upload: str) -> dict[str, Any]:
    """Check a file of scores that was handed in, say yes, and store it."""
    before, began = peak_of(Path("/proc/self")), time.perf_counter()
    waiting = Upload.objects.get(pk=int(upload))
    work_on(waiting)
    checked = time.perf_counter() - began
    assert waiting.confirm(), waiting.problems
    work_on(waiting)
    return {"found": waiting.found, "checked": checked, "before": before}


def backend() -> Path:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}")


def cpu_of(process: Path) -> float:
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def peak_of(process: Path) -> float:
    [line] = [x for x in (process / "status").read_text().splitlines() if x.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def main(name: str, *words: str) -> None:
    acts: dict[str, Callable[..., dict[str, Any]]] = {
        "settle": settle,
        "deliver": deliver,
        "bare": bare,
        "scheduler": scheduler,
        "percents": percents,
    }
    serves = backend()
    connection.close = lambda: None  # a scheduler closes it now and then: it is what is measured
    before, began = time.process_time(), time.perf_counter()
    serves_before = cpu_of(serves)
    told = acts[name](*words)
    told |= {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - before,
        "database_cpu": cpu_of(serves) - serves_before,
        "peak": peak_of(Path("/proc/self")),  # getrusage tells of whom it was forked from too
        "database_peak": peak_of(serves),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
