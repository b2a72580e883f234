"""`manage.py demo`: load the demo agency into an empty database; `--sign-ins` tells the way in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.agencies.models import Agency, Role
from portal.home.demo import (
    belonging,
    calibrations,
    coming,
    communities,
    consents,
    engine,
    exchange,
    following,
    imported,
    instruments,
    looking_back,
    meetings,
    notices,
    people,
    practice,
    reflections,
    reviews,
    routines,
    series,
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="only tell how to sign in")
        parser.add_argument(
            "--anyway", action="store_true", help="load it even where DEBUG is off (not for work)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self.tell_sign_ins()
        elif Agency.objects.exists():
            self.stdout.write("There is an agency here already: the demo was left out.")
        else:
            self.load(anyway=options["anyway"])

    def load(self, *, anyway: bool) -> None:
        if not (settings.DEBUG or anyway):
            raise CommandError(
                "The demo's password is known to everyone, so it is not loaded where DEBUG is off."
                " On a machine that only you reach: manage.py demo --anyway"
            )
        # The first hour of the day in UTC: loaded in the morning or at night, it is the same demo.
        now = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        with transaction.atomic():
            agency = people.load(now)
            communities.load(agency, now)
            series.load(agency, now)
            belonging.load(agency, now)
            exchange.load(now)
            communities.close_one(now)
            meetings.load(now)
            coming.load(agency, now)
            reflections.load(now)
            following.load(now)
            looking_back.load(agency, now)
            consents.load(agency, now)
            reviews.load(agency, now)
            instruments.load(agency, now)
            practice.load(agency, now)
            reviews.tell_lately(now)
            reviews.tally_a_segment(now)
            imported.load(agency, now)
            calibrations.load(agency, now)
            routines.load(agency, now)
            notices.settle(now)
            engine.load(agency, following.who_promised(agency), now)
        self.stdout.write(f"Loaded {people.AGENCY}, with {len(people.PEOPLE)} people.")
        reviews.import_codes(agency, self.stdout)

    def tell_sign_ins(self) -> None:
        """One line a role: role, name, email, password."""
        shown = people.sign_ins()
        if not shown:
            self.stdout.write("The demo agency is not in this database.")
        for role, person in shown.items():
            label = str(Role(role).label)
            self.stdout.write(f"{label:<13} {person.email:<28} {people.PASSWORD}")
