"""Who gets what, by URL. `tests/matrix.py` says how to read it."""

from datetime import timedelta

from django.utils import timezone

from portal.agencies.models import Position, Roster, Supervision
from tests.matrix import Row, everyone
from tests.portal.agencies.make import invited


def agency(cast):
    return {"pk": cast.northside.agency.pk}


def person(cast):
    return agency(cast) | {"person": cast.facilitator.pk}


def leaver(cast):
    return agency(cast) | {"person": cast.leaver.pk}


def position(cast):
    return {"pk": Position.objects.get(person=cast.facilitator).pk}


def supervision(cast):
    return {"pk": Supervision.objects.filter(supervisee=cast.facilitator).first().pk}


def invitation(cast):
    return {"pk": invited(cast.northside.agency)[0].pk}


def departure(cast):
    at = timezone.now() + timedelta(days=7)
    return {"pk": cast.northside.agency.departs(cast.coach, by=cast.admin, at=at).pk}


def roster(cast):
    at = timezone.now()
    kept = {"agency": cast.northside.agency, "by": cast.admin, "rows": [], "uploaded_at": at}
    return {"pk": Roster.objects.create(**kept, expires_at=at + timedelta(days=1)).pk}


def failure(cast):
    from portal.agencies.notices import PositionBegun
    from portal.notices.models import Delivery

    PositionBegun.tell([cast.facilitator], about=cast.facilitator.positions.get())
    theirs = Delivery.objects.filter(
        notice__recipient=cast.facilitator, notice__kind="position.begun"
    )
    theirs.update(state="given_up", reason="tried", next_try_at=None, settled_at=timezone.now())
    return agency(cast) | {"delivery": theirs.get().pk}


def for_admins(arguments):
    """Colleagues know that the agency exists: 403 says why. Others do not: 404."""
    return everyone(403, arguments=arguments, admin=200, elsewhere=404)


def for_admins_by_record(arguments):
    return everyone(404, arguments=arguments, admin=200)


MATRIX: dict[str, Row] = {
    "agencies:positions.index": everyone(200),
    "agencies:acceptances.new": everyone(
        410, arguments=lambda cast: {"token": "strange"}, visitor=410
    ),
    "agencies:people.index": for_admins(agency),
    "agencies:people.show": for_admins(person),
    "agencies:positions.new": for_admins(person),
    "agencies:positions.edit": for_admins_by_record(position),
    "agencies:supervisions.new": for_admins(person),
    "agencies:supervisions.remove": for_admins_by_record(supervision),
    "agencies:departures.new": for_admins(person),
    "agencies:departures.remove": for_admins_by_record(departure),
    "agencies:returns.new": for_admins(leaver),
    "agencies:invitations.index": for_admins(agency),
    "agencies:invitations.new": for_admins(agency),
    "agencies:invitations.remove": for_admins_by_record(invitation),
    "agencies:resends.new": for_admins_by_record(invitation),
    "agencies:failures.index": for_admins(agency),
    "agencies:failures.edit": for_admins(failure),
    "agencies:rosters.index": for_admins(agency),
    "agencies:rosters.new": for_admins(agency),
    "agencies:rosters.show": for_admins_by_record(roster),
    "agencies:rosters.remove": for_admins_by_record(roster),
    "agencies:exports.index": for_admins(agency),
    "agencies:samples.index": for_admins(agency),
    "agencies:policies.edit": for_admins(agency),
}
