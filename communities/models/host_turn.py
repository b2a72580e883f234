"""Hosts who take turns in a series."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import planning
from communities.models.series import Series
from portal.audit.events import record
from portal.people.models import User
from portal.web.privacy import NONE, WORK


class HostTurn(models.Model):
    """A person's place in the rotation of a series' hosts, from 1."""

    privacy = {"id": NONE, "series": WORK, "person": WORK, "place": NONE}

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="turns")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("turn at hosting")
        verbose_name_plural = _("turns at hosting")
        ordering = ["series", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "place"],
                name="communities_hostturn_place_once",
                violation_error_message=_("Give each person a turn of their own."),
            ),
            models.UniqueConstraint(
                fields=["series", "person"],
                name="communities_hostturn_person_once",
                violation_error_message=_("They have a turn in this series already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.place} of {self.series}"


@transaction.atomic
def take_turns(
    series: Series, people: Sequence[User], *, by: User | None, at: datetime | None = None
) -> None:
    """Let `people` host in this order; nobody: the series' own host does. The same order changes
    nothing. Sessions to come get their hosts, but for those whose host was set by hand.

    Raises ValidationError when somebody is not a member of the community.
    """
    at = at or timezone.now()
    Series.objects.select_for_update().get(pk=series.pk)
    wanted = [person.pk for person in people]
    if wanted == list(series.turns.values_list("person", flat=True)):
        return
    if series.community.members(at).filter(pk__in=wanted).count() != len(set(wanted)):
        raise ValidationError(_("Choose members of the community."))
    series.turns.all().delete()
    HostTurn.objects.bulk_create(
        HostTurn(series=series, person=person, place=place)
        for place, person in enumerate(people, start=1)
    )
    if people:
        planning.deal(series, at)
    else:
        default = series.sessions.filter(starts_at__gt=at).exclude(override__hosts=True)
        default.update(host=series.host, changed_at=at)
    record("series.rotated", on=series, by=by, agency=series.community.agency, at=at)


def leave_the_turns(series: Series, person: User, *, by: User | None, at: datetime) -> None:
    """The person hosts no more in this series: the others go on in their order."""
    take_turns(series, _in_order(series, {person.pk: None}, at), by=by, at=at)


def hand_over_turn(
    series: Series, leaver: User, successor: User, *, by: User | None, at: datetime
) -> None:
    """The successor has the leaver's turn; one who has a turn already keeps only that."""
    has_one = series.turns.filter(person=successor).exists()
    instead = {leaver.pk: None if has_one else successor.pk}
    take_turns(series, _in_order(series, instead, at), by=by, at=at)


def _in_order(series: Series, instead: dict[int, int | None], at: datetime) -> list[User]:
    """Who takes turns, some replaced or (None) left out, and nobody who is no member any more."""
    people = [instead.get(pk, pk) for pk in series.turns.values_list("person", flat=True)]
    members = series.community.members(at).in_bulk([pk for pk in people if pk])
    return [members[pk] for pk in people if pk in members]
