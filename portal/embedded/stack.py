"""The commands of our own services: the same words here and in docker-compose.yml."""

import os
import sys
from pathlib import Path

from portal.embedded.places import Places

PYTHON = sys.executable


def web(descriptor: int) -> list[str | Path]:
    """The web server, on a socket that is already open. Figures in docs/decisions/0001."""
    gunicorn = [PYTHON, "-m", "gunicorn", "portal.wsgi:application"]
    return [*gunicorn, "--bind", f"fd://{descriptor}", *WEB_OPTIONS]


WEB_OPTIONS = (
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    "--preload",  # the workers share what the master has loaded
    *("--graceful-timeout", "30", "--timeout", "60"),
    "--no-control-socket",
    *("--log-level", "warning"),
    *("--logger-class", "portal.web.server_log.ServerLog"),
)


def worker() -> list[str | Path]:
    return [*_celery(), "worker", *WORKER_OPTIONS]


WORKER_OPTIONS = (
    *("--concurrency", "2", "--loglevel", "INFO"),
    *("--without-gossip", "--without-mingle"),  # workers need not know each other
)


def beat(places: Places) -> list[str | Path]:
    schedule = places.beat / "schedule"
    return [*_celery(), "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "INFO"]


def _celery() -> list[str]:
    # Running as root is what a bare container does; celery's warning of it fills a screen.
    silence = ["-W", "ignore:You're running the worker with superuser"]
    return [*(PYTHON, *(silence if os.geteuid() == 0 else [])), *CELERY]


CELERY = ("-m", "celery", "-q", "-A", "portal")
