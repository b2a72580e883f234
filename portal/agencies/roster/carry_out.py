"""Do what a plan says, all or nothing, in a number of queries that does not grow with people."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from portal.agencies.models import Agency, Invitation, Position, Roster, Supervision
from portal.agencies.models.invitation import GOOD_FOR
from portal.agencies.models.roster import given_back
from portal.agencies.roster.plan import Plan, Planner
from portal.agencies.roster.reading import Row
from portal.people.models import User

BATCH = 2000


@transaction.atomic
def import_now(roster: Roster) -> Plan | None:
    """Plan the roster afresh and, without problems, carry it out and forget the file.

    None when it has been done. Two imports at once wait for each other: both would plan the same
    people.
    """
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=roster.agency_id)
    if not Roster.objects.filter(pk=roster.pk).exists():
        return None
    plan = plan_of(roster)
    if not plan.problems:
        carry_out(plan, agency, by=roster.by)
        roster.delete()
    return plan


def plan_of(roster: Roster) -> Plan:
    """What the roster would change now."""
    return Planner(roster.agency, [Row(*given_back(values)) for values in roster.rows]).make()


@transaction.atomic
def carry_out(plan: Plan, agency: Agency, *, by: User, at: datetime | None = None) -> None:
    """Write people, positions, supervision and invitations. No mail is written here: a task
    writes the invitations' letters, some hundreds at a time. Raises ValueError on a plan that
    has problems."""
    if plan.problems:
        raise ValueError("a roster with problems is not carried out")
    at = at or timezone.now()
    for person in plan.back:
        agency.lets_in_again(person)
    User.objects.bulk_update(plan.renamed, ["name"], batch_size=BATCH)
    newcomers = []
    for email, row in plan.people.items():
        person = User(email=email, name=row.name, time_zone=agency.time_zone, joined_at=at)
        # As set_unusable_password does, whose random string takes a second a thousand people.
        person.password = UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)
        newcomers.append(person)
    User.objects.bulk_create(newcomers, batch_size=BATCH)
    people = _people_of(plan)

    positions = Position.objects.bulk_create(
        [
            Position(
                person=people[begins.row.email],
                agency=agency,
                role=begins.row.role,
                since=begins.since,
                until=begins.until,
            )
            for begins in plan.begun
        ],
        batch_size=BATCH,
    )
    Position.objects.bulk_update(plan.moved, ["since", "until"], batch_size=BATCH)
    over = [relation.pk for relation in plan.unrelated]
    Supervision.objects.filter(pk__in=over, since__gte=at).delete()
    Supervision.objects.filter(pk__in=over).update(until=at)
    relations = Supervision.objects.bulk_create(
        [
            Supervision(
                agency=agency,
                supervisor=people[who],
                supervisee=people[whom],
                kind=kind,
                since=at,
            )
            for who, whom, kind in plan.related
        ],
        batch_size=BATCH,
    )
    invitations = _invite(plan, agency, people, by, at)
    if len(positions) > BATCH:
        # Until the database has counted them again, it would join so many one by one.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_user, agencies_position, agencies_supervision")
    _record("position.begun", positions, agency, by, at)
    _record("position.ended", plan.moved, agency, by, at)
    _record("supervision.begun", relations, agency, by, at)
    _record("supervision.ended", plan.unrelated, agency, by, at)
    _record("invitation.sent", invitations, agency, by, at)
    _record("roster.imported", [agency], agency, by, at)


def _people_of(plan: Plan) -> dict[str, User]:
    addresses = {begins.row.email for begins in plan.begun}
    addresses |= {address for who, whom, _kind in plan.related for address in (who, whom)}
    addresses |= {email for row in plan.asked for email in (*row.supervisors, *row.coaches)}
    return {person.email: person for person in User.objects.filter(email__in=addresses)}


def _invite(
    plan: Plan, agency: Agency, people: dict[str, User], by: User, at: datetime
) -> list[Invitation]:
    """One for each new person, and one for each role that somebody is asked to take on."""
    standing = Invitation.objects.standing().filter(agency=agency).values_list("email", "role")
    open_now = set(standing)
    rows = [row for row in plan.people.values() if (row.email, row.role) not in open_now]
    waiting = [
        Invitation(
            agency=agency, email=row.email, name=row.name, role=row.role, invited_by=by,
            created_at=at, expires_at=at + GOOD_FOR,
        )
        for row in rows
    ]  # fmt: skip
    asked = {(row.email, row.role): row for row in plan.asked}
    waiting += [
        Invitation(
            agency=agency,
            email=row.email,
            name=row.name,
            role=row.role,
            supervisor=people.get(row.supervisors[0]) if row.supervisors else None,
            coach=people.get(row.coaches[0]) if row.coaches else None,
            since=agency.midnight(row.since) if row.since else None,
            until=agency.midnight(row.until + timedelta(days=1)) if row.until else None,
            invited_by=by,
            created_at=at,
            expires_at=at + GOOD_FOR,
        )
        for row in asked.values()
    ]
    return Invitation.objects.bulk_create(waiting, batch_size=BATCH)


def _record(kind: str, things: Sequence[Model], agency: Agency, by: User, at: datetime) -> None:
    """As `audit.events.record` for each, in one statement: a roster makes a great many entries."""
    if not things:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (kind, subject_type, subject_id, actor_id, agency_id, at)"
            " SELECT %s, %s, unnest(%s), %s, %s, %s",
            [kind, things[0]._meta.label_lower, [t.pk for t in things], by.pk, agency.pk, at],
        )
