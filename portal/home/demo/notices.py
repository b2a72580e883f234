"""Nobody is told today of what the demo says happened last month."""

from datetime import datetime, timedelta

from portal.notices.models import Notice

OF_OLD = timedelta(days=4)


def settle(now: datetime) -> None:
    """What is older than some days counts as read and taken back; it is not mailed."""
    Notice.objects.filter(due_at__lt=now - OF_OLD).update(read_at=now, withdrawn_at=now)
