"""What the worker does for notices."""

import time

from celery import shared_task
from django.utils import timezone

from portal.notices.models import Delivery, Digest, Heartbeat
from portal.notices.sending import A_WHILE, deliver_due
from portal.notices.waking import wake

A_LOT = 200  # waiting deliveries for which one more worker is worth its while
MOST = 8  # calls at once


@shared_task(name="notices.deliver")
def deliver() -> None:
    began = time.monotonic()
    deliver_due()
    if time.monotonic() - began >= A_WHILE:  # there is more: after what else waits for a worker
        wake()


@shared_task(name="notices.sweep")
def sweep() -> None:
    """Free what dead workers held, and call the workers if anything waits."""
    now = timezone.now()
    Delivery.free_lost_claims(now)
    if waiting := Delivery.objects.due(now)[: A_LOT * MOST].count():
        wake(min(1 + waiting // A_LOT, MOST))
    Heartbeat.beat("sweep")


@shared_task(name="notices.digests")
def digests() -> None:
    Digest.issue_due()
