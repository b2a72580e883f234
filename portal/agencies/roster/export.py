"""The roster as a file: importing it again changes nothing."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable

from portal.agencies.models import Agency, Supervision
from portal.agencies.roster.cells import escaped, tidied
from portal.agencies.roster.reading import COLUMNS, Row

SAMPLE = (
    Row(2, "ana@example.org", "Ana Ruiz", "supervisor"),
    Row(3, "ben@example.org", "Ben Otieno", "facilitator", supervisors=("ana@example.org",)),
)


def rows_of(agency: Agency) -> list[Row]:
    """Who works at the agency now or will, a row a role."""
    related: dict[tuple[int, str], list[str]] = defaultdict(list)
    standing = Supervision.objects.not_over().filter(agency=agency).select_related("supervisor")
    for relation in standing:
        related[relation.supervisee_id, relation.kind].append(relation.supervisor.email)
    positions = agency.positions.not_over().select_related("person", "agency")
    return [
        Row(
            line,
            email=position.person.email,
            name=tidied(position.person.name),
            role=position.role,
            since=position.first_day,
            until=position.last_day,
            supervisors=tuple(sorted(related[position.person_id, "supervises"])),
            coaches=tuple(sorted(related[position.person_id, "coaches"])),
        )
        for line, position in enumerate(
            positions.order_by("person__name", "person__email", "role", "since"), start=2
        )
    ]


def written(rows: Iterable[Row]) -> bytes:
    """The file: UTF-8 with a mark that tells Excel so, no cell that a spreadsheet would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (
            row.email,
            row.name,
            row.role,
            row.since.isoformat() if row.since else "",
            row.until.isoformat() if row.until else "",
            " ".join(row.supervisors),
            " ".join(row.coaches),
        )
        writer.writerow([escaped(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")
