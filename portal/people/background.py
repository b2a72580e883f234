"""Hand work to a worker once the transaction holds. A dead broker breaks no page: a sweep in
`portal.celery` does what nobody handed over."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


def after_commit(task: str, *arguments: Any) -> None:
    """Send the task of that name, once what was written is there to be read."""

    # A function of its own: Django names what failed by an attribute that a partial lacks.
    def hand_over() -> None:
        _send(task, arguments)

    transaction.on_commit(hand_over, robust=True)


def _send(task: str, arguments: tuple[Any, ...]) -> None:
    try:
        # By name: nobody imports the top room, and a web process needs its settings here.
        app = import_string("portal.celery.app")
        app.send_task(task, arguments, queue=settings.CELERY_TASK_DEFAULT_QUEUE)
    except Exception:
        log.warning("background.broker_away", exc_info=True)
