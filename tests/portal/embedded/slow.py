"""A web application and a Celery app that take their time, for the tests of stopping."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from celery import shared_task

from portal.celery import app

__all__ = ["app"]

# Our settings but for this one: after so many seconds another worker takes a killed one's task.
# In earnest it is minutes, above the longest task.
app.conf.broker_transport_options = {
    **app.conf.broker_transport_options,
    "visibility_timeout": 6,
}


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """Answers after the seconds that the path names."""
    time.sleep(float(environ["PATH_INFO"].strip("/") or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"finished"]


@shared_task
def work(folder: str, seconds: float) -> None:
    """Leaves a line when it begins and one when it ends."""
    with (Path(folder) / "begun").open("a") as file:
        file.write("x")
    time.sleep(seconds)
    with (Path(folder) / "ended").open("a") as file:
        file.write("x")
