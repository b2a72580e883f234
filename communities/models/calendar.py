"""What calendars are told of: how often a series' times changed, and who reads one community."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from communities.models.series import Series
from portal.people.models import FeedToken, User
from portal.web.privacy import NONE, WORK


class SeriesCalendar(models.Model):
    """How often a series' rule, hour, length or zone has changed since its first: SEQUENCE.

    `told` is the scheduling that it counts (a digest), `stamp` what the series looked like when
    it was last compared. No row: never compared, never changed.
    """

    privacy = {"series": WORK, "sequence": NONE, "told": NONE, "stamp": NONE}

    series = models.OneToOneField(
        Series, on_delete=models.CASCADE, primary_key=True, related_name="calendar"
    )
    sequence = models.PositiveIntegerField(default=0)
    told = models.CharField(max_length=64, blank=True)
    stamp = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("calendar of a series")
        verbose_name_plural = _("calendars of series")

    def __str__(self) -> str:
        return f"calendar of {self.series_id}, {self.sequence}"


class CommunityFeed(models.Model):
    """A feed address that opens one community only. Without this row it opens all of a person's."""

    privacy = {"token": NONE, "community": WORK}

    token = models.OneToOneField(
        FeedToken, on_delete=models.CASCADE, primary_key=True, related_name="narrowed"
    )
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="feeds")

    class Meta:
        verbose_name = _("feed of a community")
        verbose_name_plural = _("feeds of communities")

    def __str__(self) -> str:
        return f"feed of {self.community_id}"

    @classmethod
    @transaction.atomic
    def issue(cls, person: User, community: Community | None) -> str:
        """A new address for the person, of one community or of all; the one time it is read."""
        token, secret = FeedToken.made(person)
        if community is not None:
            cls.objects.create(token=token, community=community)
        return secret
