"""Who of the demo's people agreed to be recorded: here, in writing or by word; one took it back."""

from datetime import datetime, timedelta

from fidelity.models import Consent
from portal.agencies.models import Agency
from portal.home.demo.people import everyone

HERE, WRITING, SPOKEN = Consent.How.HERE, Consent.How.WRITING, Consent.How.SPOKEN
# How it was given, days ago, days that it still holds (None: no end), noted by whom.
GIVEN: dict[str, tuple[Consent.How, int, int | None, str]] = {
    "Amina": (HERE, 400, 140, "Amina"),
    "Priya": (HERE, 390, 150, "Priya"),
    "Teo": (HERE, 385, 155, "Teo"),
    "Jonas": (WRITING, 380, None, "Linh"),
    "Sofia": (WRITING, 372, None, "Linh"),
    "Keisha": (SPOKEN, 240, 18, "Ingrid"),
    "Ana": (HERE, 238, 120, "Ana"),
    "Andre": (HERE, 200, None, "Andre"),
}
TOOK_BACK = "Andre"


def load(agency: Agency, now: datetime) -> None:
    people = everyone()
    for name, (how, ago, still, by) in GIVEN.items():
        at = now - timedelta(days=ago)
        until = None if still is None else (now + timedelta(days=still)).date()
        consent = Consent(
            agency=agency, person=people[name], how=how, given_on=at.date(), until=until
        )
        Consent.put_on_record(consent, by=people[by], at=at)
        if name == TOOK_BACK:
            consent.withdraw(by=people[name], at=now - timedelta(days=30))
