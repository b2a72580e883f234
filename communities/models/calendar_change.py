"""What a community's calendars show was written anew: kept by the database, whoever writes.

A calendar program asks for its feed every few minutes and mostly has it already. To know so by
adding up the versions of all its rows took 2,000 of them and 2 ms; here it is a row or two.

Triggers (migration 0018) write a row with each statement that changes a community's name, its
series, its sessions, or the name of who hosts them, and take away the rows that stand before it.
Nobody waits for anybody: two that write at once leave a row each, until the next one. So whatever
was written between two readings, the later one finds a row that the earlier could not. No foreign
key is checked, because that would wait for who holds the community's row; the rows of a community
that is removed are removed with it, by a trigger too.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from portal.web.privacy import NONE, WORK


class CalendarChange(models.Model):
    """That something of the community's calendar was written; its id says no more than which."""

    privacy = {"id": NONE, "community": WORK}

    community = models.ForeignKey(
        Community, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = _("change of a calendar")
        verbose_name_plural = _("changes of calendars")

    def __str__(self) -> str:
        return f"change {self.pk} in {self.community_id}"
