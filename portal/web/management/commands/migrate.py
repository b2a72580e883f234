"""Django's migrate, which gives up on a lock after some seconds instead of stopping the portal.

A migration that waits for a lock makes every query behind it wait too. Better to fail, let the
readers go on, and be run again at a quieter moment.
"""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

LOCK_TIMEOUT = "5s"


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [LOCK_TIMEOUT])
        super().handle(*args, **options)
