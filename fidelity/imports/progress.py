"""How far a worker is, told while its transaction is still open: by a connection of its own."""

import time

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

EVERY = 0.5  # seconds


class Progress:
    """Called with the number of each line; writes it into the upload's row now and then.

    The transaction that is under way must not write that row before its end: this would wait.
    """

    def __init__(self, upload: int) -> None:
        self.upload = upload
        self.told = time.monotonic()
        self.connection: BaseDatabaseWrapper | None = None

    def __call__(self, line: int) -> None:
        if line % 64 or time.monotonic() - self.told < EVERY:
            return
        self.told = time.monotonic()
        if self.connection is None:
            self.connection = connections["default"].copy()
        with self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE fidelity_upload SET done = %s, claimed_at = now() WHERE id = %s",
                [line, self.upload],
            )

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
