"""`manage.py forget_second_factor EMAIL`: for someone who lost phone and recovery codes.

Their apps, passkeys and codes are gone and every device is signed out: they sign in with their
password and set up new ones. Run it once an admin who knows them has vouched for them.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.audit.events import record
from portal.people import devices, letters
from portal.people.models import User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError(f"Nobody here signs in as {email}: look at the address.")
        factors = Authenticator.objects.filter(user=person)
        if not factors.exists():
            self.stdout.write(f"{email} has no second factor: there is nothing to forget.")
            return
        factors.delete()
        devices.end_all(person)
        record("person.second_factor_forgotten", on=person, by=None)
        letters.write("people/emails/second_factor_forgotten", to=email, context={"person": person})
        self.stdout.write(f"{email} signs in with the password alone, and is told so by mail.")
