"""Work for the background: send account mail."""

from celery import shared_task
from django.core.mail import get_connection

from portal.people.models import Letter

BATCH = 200  # letters a sweep: well within a task's time at a tenth of a second each


@shared_task
def deliver_letter(pk: int) -> None:
    """Send one letter, at once."""
    if letter := Letter.objects.claim(pk):
        letter.send()


@shared_task
def sweep_letters() -> None:
    """Send what nobody handed over, and try again what did not go."""
    due = list(Letter.objects.due().order_by("due_at").values_list("pk", flat=True)[:BATCH])
    if not due:
        return
    try:
        connection = get_connection()
        connection.open()
    except OSError:
        return  # the mail server is away: no attempt is used up
    try:
        for pk in due:
            if letter := Letter.objects.claim(pk):
                letter.send(connection)
    finally:
        connection.close()
