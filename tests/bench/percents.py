"""A licensed tool's file of 100,000 percent scores, of 2,000 people in 200 teams: checked and
stored by a worker of its own, the same file again, and once more with each row changed. Issue 5.
"""

from datetime import date, timedelta

from django.utils import timezone

from fidelity.models import Imported, MonthSum, Upload, Version
from portal.agencies.models import Agency, Position, Supervision
from portal.people.models import User
from tests import make as make_people
from tests.bench.reminders import analyse, at_once
from tests.bench.table import Figure, Table
from tests.fidelity import make

ROWS, PEOPLE, TEAM = 100_000, 2_000, 10
MORE_COLUMNS = 6
SECONDS, MEGABYTES = 30, 300
FIRST = date(2022, 1, 3)
DAYS = 1_700  # over which the practice lies


def measure(table: Table) -> None:
    table.title(f"Percent scores: {ROWS:,} rows of {PEOPLE:,} people")
    agency, admin, people = seed()
    for columns in (1, MORE_COLUMNS):
        limits = (SECONDS, MEGABYTES) if columns == 1 else (None, None)
        words = f"{columns} column" if columns == 1 else f"{columns} columns"
        name = f"A tool of {words}"
        new = {"new": ROWS, "changed": 0, "unchanged": 0}
        one(table, f"{words}, anew", handed_in(admin, agency, people, name, columns), new, *limits)
        version = Version.objects.get(instrument__name=name)
        again = handed_in(admin, agency, people, name, columns, version)
        same = {"new": 0, "changed": 0, "unchanged": ROWS}
        one(table, f"{words}, the same again", again, same, *limits)
        other = handed_in(admin, agency, people, name, columns, version, more=1)
        changed = {"new": 0, "changed": ROWS, "unchanged": 0}
        one(table, f"{words}, each row changed", other, changed, *limits)
        assert Imported.objects.filter(instrument=version.instrument_id).count() == ROWS
        kept = MonthSum.objects.filter(measure__version=version).values_list("n", flat=True)
        assert sum(kept) == ROWS * columns


def one(
    table: Table,
    words: str,
    upload: Upload,
    found: dict[str, int],
    seconds: float | None,
    megabytes: float | None,
) -> None:
    """Checked and stored, as by a worker after somebody's yes."""
    [cost] = at_once(1, "percents", str(upload.pk))
    assert cost["found"] == found, cost["found"]
    note = (
        f"{cost['cpu']:.1f} s of CPU here, {cost['database_cpu']:.1f} s in the database;"
        f" {cost['checked']:.1f} s to check"
    )
    table.add(Figure(words, cost["seconds"], "s", seconds, note))
    grown = cost["peak"] - cost["before"]
    note = f"grown by {grown:.0f} MB; its PostgreSQL process: {cost['database_peak']:.0f} MB"
    table.add(Figure(f"{words}: memory", cost["peak"], "MB", megabytes, note))


def handed_in(
    admin: User,
    agency: Agency,
    people: list[User],
    name: str,
    columns: int,
    version: Version | None = None,
    more: int = 0,
) -> Upload:
    scores = {f"Score {number}": f"score-{number}" for number in range(columns)}
    lines = [",".join(["worker", "date", "record id", *scores])]
    for row in range(ROWS):
        day = FIRST + timedelta(days=row * 7 % DAYS)
        values = [
            f"{(row * 37 + column * 11) % 200 / 2 + more * 0.25}" for column in range(columns)
        ]
        lines.append(",".join([people[row % PEOPLE].email, str(day), str(row), *values]))
    upload = make.upload(admin, agency, ("\n".join(lines) + "\n").encode())
    upload.map(
        {
            "person": "worker",
            "day": "date",
            "day_format": "%Y-%m-%d",
            "source": "family_survey",
            "scores": scores,
            "key": "record id",
            "version": version.pk if version else None,
            "name": "" if version else name,
        }
    )
    return upload


def seed() -> tuple[Agency, User, list[User]]:
    agency = make_people.agency("Imports")
    since = timezone.now() - timedelta(days=6 * 365)  # before the first practice
    people = User.objects.bulk_create(make_people.unsaved_person() for _each in range(PEOPLE))
    Position.objects.bulk_create(
        Position(person=person, agency=agency, role="facilitator", since=since) for person in people
    )
    Supervision.objects.bulk_create(
        Supervision(
            agency=agency, supervisor=people[n // TEAM * TEAM], supervisee=person, since=since
        )
        for n, person in enumerate(people)
        if n % TEAM
    )
    admin = make_people.person("Admin")
    make_people.position(admin, agency, role="admin")
    analyse()
    return agency, admin, people
