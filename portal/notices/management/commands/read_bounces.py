"""`manage.py read_bounces < MESSAGE`: take in one message that came to the sender's mailbox.

For a mail server's pipe, or for what fetches the mailbox. A report that a mail failed marks that
mail and pauses the address where that is called for; anything else is left alone. It succeeds in
any case: a pipe that fails would send the report back to its sender.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.notices.bounces import reports, take_in


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        found = reports(sys.stdin.buffer.read())
        if not found:
            self.stdout.write("This is no report of a mail that failed.")
        for report in found:
            delivery = take_in(report, timezone.now())
            if delivery is None:
                self.stdout.write(f"{report.status}: none of our mails of the last two weeks.")
            else:
                self.stdout.write(f"{report.status}: delivery {delivery.pk} came back.")
