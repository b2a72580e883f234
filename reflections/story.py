"""From entry to commitment to follow-up, and on: what one thing led to, in order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from communities.models import Commitment, Outcome
from portal.people.models import User
from reflections.models import FollowUp, Reflection


@dataclass(frozen=True)
class Step:
    """One of the three."""

    at: datetime
    entry: Reflection | None = None
    commitment: Commitment | None = None
    outcome: Outcome | None = None

    @property
    def order(self) -> tuple[datetime, bool, bool]:
        """By time; a commitment comes after the entry that it was made in."""
        return self.at, self.entry is None, self.commitment is None


def story_of(reflection: Reflection, person: User) -> list[Step]:
    """What led to the author's entry and what came of it, the first first. Five queries, however
    long it is."""
    entries, commitments = _joined_to(reflection, person)
    kept = Reflection.objects.by(person).kept().filter(pk__in=entries)
    made = Commitment.objects.visible_to(person).filter(pk__in=commitments)
    steps = [Step(entry.kept_at, entry=entry) for entry in kept if entry.kept_at]
    for commitment in made.prefetch_related("outcomes"):
        steps.append(Step(commitment.made_at, commitment=commitment))
        steps += [Step(outcome.at, outcome=outcome) for outcome in commitment.outcomes.all()]
    return sorted(steps, key=lambda step: step.order)


def _joined_to(reflection: Reflection, person: User) -> tuple[set[int], set[int]]:
    """The ids of entries and commitments that hang together with this entry.

    An entry ends in one commitment at most and follows one at most, so that they make a tree; the
    links of a person are few enough to walk it here.
    """
    ends = Reflection.objects.by(person).filter(commitment__isnull=False)
    entries_of: dict[int, set[int]] = defaultdict(set)
    commitments_of: dict[int, set[int]] = defaultdict(set)
    links: Iterable[tuple[int, int]] = (
        *FollowUp.objects.links_of(person),
        *ends.values_list("commitment", "pk"),
    )
    for commitment, entry in links:
        entries_of[commitment].add(entry)
        commitments_of[entry].add(commitment)
    entries, waiting = {reflection.pk}, [reflection.pk]
    commitments: set[int] = set()
    while waiting:
        for commitment in commitments_of[waiting.pop()] - commitments:
            commitments.add(commitment)
            fresh = entries_of[commitment] - entries
            entries |= fresh
            waiting += fresh
    return entries, commitments
