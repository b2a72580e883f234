"""`manage.py prepare`: what ./run does before it opens. Migrates, and loads the demo where it may.

One process for all of it: starting Django costs a second, and a person is waiting.
"""

import gc
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

# Migrations make models by the ten thousand, which stay until the end: Python looked through all of
# them after each 700, a quarter of the time of a first start. The process ends with its work.
SELDOM = (100_000, 20, 20)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # ./run check runs them all

    def handle(self, *args: Any, **options: Any) -> None:
        gc.set_threshold(*SELDOM)
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEBUG:
            call_command("demo")  # leaves a database alone that has an agency
        else:
            call_command("collectstatic", interactive=False, verbosity=0)
