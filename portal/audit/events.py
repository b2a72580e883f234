"""Record what happened, and declare what can happen.

Each app's `events.py` declares its kinds with the sentence a person reads:

    declare({"session.cancelled": _("%(actor)s called off a session")})
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise

from portal.audit.models import Entry

sentences: dict[str, str | Promise] = {}


def declare(kinds: Mapping[str, str | Promise]) -> None:
    """Make kinds of event known, each with its sentence. Raises ValueError on a name taken."""
    for kind, sentence in kinds.items():
        if kind in sentences and sentences[kind] != sentence:
            raise ValueError(f"{kind} is declared twice")
        sentences[kind] = sentence


def record(
    kind: str, *, on: Model, by: Any | None, agency: Any | None = None, at: datetime | None = None
) -> Entry:
    """Keep that `by` did `kind` to `on`. Raises KeyError on a kind that nobody declared."""
    sentences[kind]
    return Entry.objects.create(
        kind=kind,
        subject_type=on._meta.label_lower,
        subject_id=on.pk,
        actor_id=by.pk if by else None,
        agency_id=agency.pk if agency else getattr(on, "agency_id", None),
        at=at or timezone.now(),
    )


def record_all(
    kind: str,
    *,
    on: Iterable[Model],
    by: Any | None,
    agency: Any | None = None,
    at: datetime | None = None,
) -> None:
    """`record` for many things at once, in one query."""
    sentences[kind]
    at = at or timezone.now()
    Entry.objects.bulk_create(
        Entry(
            kind=kind,
            subject_type=each._meta.label_lower,
            subject_id=each.pk,
            actor_id=by.pk if by else None,
            agency_id=agency.pk if agency else getattr(each, "agency_id", None),
            at=at,
        )
        for each in on
    )
