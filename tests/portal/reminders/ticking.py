"""Ticks again and again beside the workers: when a child that does is killed, another goes on."""

import os
import time

import django

django.setup()

from django.db import Error, connection  # noqa: E402  # settings come first

from portal.reminders.tick import tick  # noqa: E402
from tests.portal.reminders import worker_kinds  # noqa: E402, F401  # registers the kinds


def go_on() -> None:
    while True:
        try:
            tick()
        except Error:
            connection.close()  # the database was away
        time.sleep(0.2)


if __name__ == "__main__":
    while True:
        if (child := os.fork()) == 0:
            go_on()
        os.waitpid(child, 0)
