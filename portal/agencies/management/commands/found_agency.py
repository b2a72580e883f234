"""`manage.py found_agency NAME --zone ZONE --admin EMAIL`: a new agency, and its first admin's
invitation. From then on its admins invite everybody else."""

import difflib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from portal.agencies.models import Agency
from portal.recurrence.wall import zone_names


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("agency", metavar="NAME", help="what the agency is called")
        parser.add_argument("--zone", required=True, help="its time zone, as America/New_York")
        parser.add_argument("--admin", required=True, metavar="EMAIL", help="who runs it first")
        parser.add_argument("--name", dest="admin_name", default="", help="that person's name")
        parser.add_argument(
            "--show-link", action="store_true", help="print the invitation's link (it is a secret)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = " ".join(options["agency"].split())
        zone, email = options["zone"].strip(), options["admin"].strip().lower()
        problems = [*_of_name(name), *_of_zone(zone), *_of_email(email)]
        if problems:
            raise CommandError("\n".join(problems))
        try:
            invitation = Agency.objects.found(
                name, time_zone=zone, admin=email, admin_name=options["admin_name"].strip()
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"{name} is founded. The invitation for {email} is on its way by mail.")
        self.stdout.write(f"It is good until {invitation.expires_at:%Y-%m-%d %H:%M} UTC.")
        if settings.DEBUG or options["show_link"]:
            self.stdout.write(invitation.link)


def _of_name(name: str) -> list[str]:
    if not name:
        return ["Give the agency a name."]
    if Agency.objects.filter(name__iexact=name).exists():
        return [f"There is an agency called {name} already: choose another name, or ask its admin."]
    return []


def _of_zone(zone: str) -> list[str]:
    if zone in zone_names():
        return []
    close = difflib.get_close_matches(zone.replace(" ", "_"), zone_names(), n=3)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return [f"No time zone is called {zone or 'nothing'}: write one as America/New_York.{meant}"]


def _of_email(email: str) -> list[str]:
    try:
        validate_email(email)
    except ValidationError:
        return [f"{email or 'Nothing'} is no email address: write one as name@agency.org."]
    return []
