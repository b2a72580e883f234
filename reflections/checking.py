"""What the identifier check says of one entry, each passage once, and what the author makes of it.

Nothing of it is kept: it is found anew each time a page asks."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value

from communities.models import Community, Membership
from communities.models.reach import joined
from portal.agencies.models import Agency, Position, Supervision
from portal.agencies.models.standing import agencies_of
from portal.people.models import User
from portal.prepared import prepared
from reflections.identifiers import Finding, Kind, find
from reflections.models import Reflection
from reflections.readers import Audience

AROUND = 90  # characters of a sentence that are shown on each side of a passage, at most
# The end of a sentence, not of "Mr.", "Mrs." or "St.".
_END = re.compile(r"(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?…]\s|\n")


@dataclass
class Passage:
    """One passage of an entry, however often it stands there: the first time in its sentence."""

    kind: Kind
    text: str
    why: Any
    replacement: Any
    before: str
    after: str
    count: int = 1

    @property
    def key(self) -> str:
        """What a form calls it: the same as long as it stands in the text, and not a word of it."""
        return _key(self.kind, self.text)


def passages_of(reflection: Reflection, author: User) -> list[Passage]:
    """What the check finds in an entry of the author's as it stands: in its answers, and in what
    it asks its readers."""
    return passages_in([*reflection.answers.values(), asked_with(reflection)], author)


def passages_in(texts: Iterable[str], author: User) -> list[Passage]:
    """What the check finds in texts of the author's."""
    colleagues, familiar = _names_around(author)
    passages: dict[str, Passage] = {}
    for text in texts:
        for found in find(text, colleagues=colleagues, familiar=familiar):
            key = _key(found.kind, text[found.start : found.end])
            if known := passages.get(key):
                known.count += 1
            else:
                passages[key] = _passage(text, found)
    return list(passages.values())


def count_since_shared(reflection: Reflection, author: User, readers: Iterable[Audience]) -> int:
    """How many passages stand in an entry that was changed, or asked something with, after it was
    last shared; 0 for one that was not: the author has seen those."""
    shared = [audience.share.at for audience in readers if audience.share]
    question = getattr(reflection, "question", None)
    changed = max(reflection.saved_at, question.at) if question else reflection.saved_at
    if not shared or changed <= max(shared):
        return 0
    return len(passages_of(reflection, author))


def asked_with(reflection: Reflection) -> str:
    """What an entry asks its readers, or ""."""
    question = getattr(reflection, "question", None)
    return question.text if question else ""


def reworded(texts: Iterable[str], author: User, replacements: Mapping[str, str]) -> list[str]:
    """The texts with passages, by their keys, replaced wherever they stand. An empty replacement
    takes the space before the passage with it."""
    colleagues, familiar = _names_around(author)
    written = []
    for text in texts:
        # From the back, so that the places of those before stay.
        for found in reversed(find(text, colleagues=colleagues, familiar=familiar)):
            instead = replacements.get(_key(found.kind, text[found.start : found.end]))
            if instead is not None:
                head = text[: found.start]
                text = (head if instead else head.removesuffix(" ")) + instead + text[found.end :]
        written.append(text)
    return written


def _names_around(author: User) -> tuple[Iterable[str], Iterable[str]]:
    """Names of everyone at the author's agencies, and of those they work with every week: who
    supervises them or is supervised by them, their communities, and the agency's own."""
    found = _names(author)
    return [name for name, _is in found], [name for name, is_familiar in found if is_familiar]


@prepared
def _names(author: User) -> QuerySet[Any, Any]:
    agencies, communities = agencies_of(author), joined(author)
    supervisions = Supervision.objects.current()
    close = (
        Q(pk=author.pk)
        | Q(pk__in=supervisions.filter(supervisee=author).values("supervisor"))
        | Q(pk__in=supervisions.filter(supervisor=author).values("supervisee"))
        | Q(pk__in=Membership.objects.current().filter(community__in=communities).values("person"))
    )
    employed = Position.objects.current().filter(agency__in=agencies).values("person")

    def named(rows: Any, is_familiar: bool) -> Any:
        return rows.order_by().values_list("name", Value(is_familiar))

    names: QuerySet[Any, Any] = named(User.objects.filter(close), True).union(
        named(User.objects.filter(pk__in=employed), False),
        named(Community.objects.filter(pk__in=communities), True),
        named(Agency.objects.filter(pk__in=agencies), True),
    )
    return names


def _passage(text: str, found: Finding) -> Passage:
    head, tail = text[: found.start], text[found.end :]
    before = head[-AROUND:]
    begins = max((end.end() for end in _END.finditer(before)), default=None)
    if begins is not None:
        before = before[begins:]
    elif len(head) > AROUND:
        before = f"…{before.partition(' ')[2]}"
    end = _END.search(tail[:AROUND])
    after = tail[: end.end()] if end else tail[:AROUND]
    if not end and len(tail) > AROUND:
        after = f"{after.rpartition(' ')[0]}…"
    return Passage(
        kind=found.kind,
        text=text[found.start : found.end],
        why=found.why,
        replacement=found.replacement,
        before=before.lstrip(),
        after=after.rstrip(),
    )


def _key(kind: Kind, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text.casefold()}".encode("utf-8", "replace")).hexdigest()[:16]
