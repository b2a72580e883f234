"""Tell the workers that something waits. The database is the schedule: a call that is lost costs
time, never a mail, since the sweep calls again each minute."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

GOOD_FOR = 60  # seconds: until the next sweep


def wake(workers: int = 1) -> bool:
    """Ask so many workers to deliver; whether the broker took it. Never raises."""
    try:
        # By name: nobody imports the top room, and a web process needs its settings here.
        app = import_string("portal.celery.app")
        for _ in range(workers):
            app.send_task(
                "notices.deliver", queue=settings.CELERY_TASK_DEFAULT_QUEUE, expires=GOOD_FOR
            )
    except Exception:
        # A dead or strange broker must not break the page whose words are already saved.
        log.warning("notices.broker_away", exc_info=True)
        return False
    return True


def wake_on_commit() -> None:
    """Wake one worker when the transaction commits: once, however many are told in it."""
    calls = transaction.get_connection().run_on_commit
    # One that is there already ran in a savepoint that was released, or in one that holds us too
    # (a savepoint rolled back takes its calls along): it will run whenever ours would.
    if not any(call is wake for _savepoints, call, _robust in calls):
        transaction.on_commit(wake, robust=True)
