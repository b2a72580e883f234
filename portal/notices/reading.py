"""Notices as a person reads them in the portal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise

from portal.notices.kinds import NoticeKind, kinds
from portal.notices.mail import subject_line
from portal.notices.models import Notice
from portal.people.models import User


@dataclass(frozen=True)
class Line:
    """A notice in a list: its own words while the reader may see the thing, else the kind's."""

    notice: Notice
    kind: type[NoticeKind]
    title: str | Promise


def lines(person: User, notices: Iterable[Notice]) -> list[Line]:
    """One line a notice. Queries: one for each type of thing, however many notices."""
    known = [notice for notice in notices if notice.kind in kinds]
    subjects = _subjects(person, known)
    found = []
    for notice in known:
        notice.recipient = person  # known already: no query for each
        kind = kinds[notice.kind]
        subject = subjects.get((notice.subject_type, notice.subject_id))
        title = subject_line(kind, kind.context(notice, subject)) if subject else kind.title
        found.append(Line(notice, kind, title))
    return found


def _subjects(person: User, notices: list[Notice]) -> dict[tuple[str, int], Model]:
    """What the notices are about, as far as the person may see it now."""
    wanted: dict[str, set[int]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    for notice in notices:
        wanted[notice.subject_type].add(notice.subject_id)
        related[notice.subject_type].update(kinds[notice.kind].related)
    found: dict[tuple[str, int], Model] = {}
    for subject_type, ids in wanted.items():
        manager: Any = apps.get_model(subject_type)._default_manager
        rows = manager.visible_to(person) if hasattr(manager, "visible_to") else manager.all()
        rows = rows.select_related(*related[subject_type] or (None,)).filter(pk__in=ids)
        found |= {(subject_type, row.pk): row for row in rows}
    return found
