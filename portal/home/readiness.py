"""/readyz: what Trellis stands on — database, migrations, broker, worker, tick — each by name.

503 when one is missing. A portal without its broker still takes every write (the outbox is in
the database), so restart on /healthz and alarm on /readyz.
"""

import logging
from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from portal import access
from portal.home.broker import reached
from portal.notices.models import Heartbeat
from portal.notices.models.heartbeat import is_silent

log = logging.getLogger(__name__)


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} to apply: run manage.py migrate" if waiting else "ok"


def broker() -> str:
    with reached():
        return "ok"


def worker() -> str:
    return _heard_from("worker")


def tick() -> str:
    """What makes that which is due: without it nothing is reminded of."""
    return _heard_from("tick")


def _heard_from(part: str) -> str:
    age = Heartbeat.age(part)
    if age is None:
        return f"no {part} has been heard from yet"
    if is_silent(part, age):
        return f"last heard from {int(age.total_seconds())} s ago"
    return "ok"


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "worker": worker,
    "tick": tick,
}


@access.public
def show(request: HttpRequest) -> HttpResponse:
    answers = {}
    for name, check in CHECKS.items():
        try:
            answers[name] = check()
        except Exception as problem:  # each is told, whatever the fault
            log.warning("readiness", extra={"kind": name, "reason": type(problem).__name__})
            answers[name] = "does not answer"
    ready = all(answer == "ok" for answer in answers.values())
    return JsonResponse({"ready": ready} | answers, status=200 if ready else 503)
