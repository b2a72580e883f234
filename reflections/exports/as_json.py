"""The journal as JSON, for programs. docs/journal-export.md says what each field means."""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from communities.models import Commitment
from reflections.exports.journal import LEFT_OUT, Journal
from reflections.models import Reflection

SCHEMA = "trellis.journal.1"  # a field may be added; none changes its meaning without a new number


def written(journal: Journal) -> Iterator[str]:
    """One object; its entries are written one by one."""
    head = {
        "schema": SCHEMA,
        "exported_at": journal.at,
        "author": {"name": journal.person.name, "email": journal.person.email},
        "year": journal.year,
        "left_out": [str(each) for each in LEFT_OUT],
    }
    yield _dumped(head)[:-1] + ', "entries": ['
    separator = "\n"
    for entry in journal.entries():
        yield separator + _dumped(_entry(entry))
        separator = ",\n"
    yield "\n]}\n"


def _entry(entry: Reflection) -> dict[str, Any]:
    return {
        "key": entry.key,
        "state": "kept" if entry.is_kept else "draft",
        "started_at": entry.started_at,
        "saved_at": entry.saved_at,
        "kept_at": entry.kept_at,
        "prompts": {"name": entry.prompt_set.name, "version": entry.prompt_set.version},
        "answers": [
            {"question": prompt.question, "text": text} for prompt, text in entry.answered_prompts()
        ],
        "principle": entry.principle and entry.principle.name,
        "phase": entry.phase and entry.phase.name,
        "skill": entry.skill and entry.skill.name,
        "session": entry.session
        and {"title": entry.session.series.title, "starts_at": entry.session.starts_at},
        "rating": _rating(entry),
        "question": _question(entry),
        "follows": _follows(entry),
        "next_time": _next_time(entry),
        "shares": [{"with": str(share.reader), "since": share.at} for share in entry.shares.all()],
        "openings": [{"by": str(each.reader), "at": each.at} for each in entry.openings.all()],
        "responses": [
            {"with": str(each.reader), "by": str(each.by), "at": each.at, "text": each.text}
            for each in entry.responses.all()
        ],
        "threads_open_to": [
            {"with": str(shown.reader), "open_to": str(share.reader), "since": shown.at}
            for share in entry.shares.all()
            for shown in share.threads.all()
        ],
    }


def _rating(entry: Reflection) -> dict[str, Any] | None:
    if given := getattr(entry, "rating", None):
        return {"skill": given.skill.name, "value": given.value, "at": given.at}
    return None


def _question(entry: Reflection) -> dict[str, Any] | None:
    if asked := getattr(entry, "question", None):
        return {"text": asked.text, "at": asked.at}
    return None


def _follows(entry: Reflection) -> dict[str, Any] | None:
    if link := getattr(entry, "follow_up", None):
        return _promised(link.commitment) | {"entry": entry.follows_key}  # type: ignore[attr-defined]  # of the export
    return None


def _promised(commitment: Commitment) -> dict[str, Any]:
    said = [
        {"kind": each.kind, "words": each.words, "at": each.at}
        for each in commitment.outcomes.all()
    ]
    return {"text": commitment.text, "due_on": commitment.due_on, "outcomes": said}


def _next_time(entry: Reflection) -> dict[str, Any] | None:
    if entry.commitment:
        return _promised(entry.commitment)
    if entry.next_time.strip():
        return {"text": entry.next_time, "due_on": entry.next_time_on, "outcomes": []}
    return None


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_text)


def _as_text(value: Any) -> str:
    """Instants in UTC, days as days, keys as text."""
    if hasattr(value, "astimezone"):
        return str(value.astimezone(UTC).isoformat())
    return str(value)
