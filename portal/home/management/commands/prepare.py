"""`manage.py prepare`: what ./run does before it opens. Migrates, and loads the demo where it may.

One process for all of it: starting Django costs a second, and a person is waiting.
"""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # ./run check runs them all

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEBUG:
            call_command("demo")  # leaves a database alone that has an agency
        else:
            call_command("collectstatic", interactive=False, verbosity=0)
