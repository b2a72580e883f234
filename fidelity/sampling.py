"""Sharing reviews out among reviewers: evenly, varied, and the same every time. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

Pair = tuple[int, int]  # (reviewer, person)


def share_out(
    people: Sequence[int],
    reviewers: Sequence[int],
    *,
    barred: Iterable[Pair] = (),
    before: Mapping[Pair, int] | None = None,
    turn: int = 0,
) -> list[int | None]:
    """Who reviews each of `people` (who may be named several times); None where nobody may.

    Nobody gets two more than somebody else could have had instead: where a reviewer who is less
    busy is barred, others move over (the cost-reducing paths of Harvey, Ladner, Lovász and Tamir,
    Semi-matchings for bipartite graphs, 2006). Among equals it is whoever reviewed the person
    least, then the one whose turn it is: `turn` differs by plan, so that no plan begins with the
    same person. `before` is what each has had already.
    """
    out, before = set(barred), before or {}
    held: dict[Pair, list[int]] = {}  # places in `people`, by who got them
    load = dict.fromkeys(reviewers, 0)
    seen: dict[Pair, int] = dict(before)
    for (reviewer, _person), n in before.items():
        if reviewer in load:
            load[reviewer] += n
    start = turn % len(reviewers) if reviewers else 0
    order = {r: place for place, r in enumerate([*reviewers[start:], *reviewers[:start]])}
    allowed = {
        person: [each for each in order if (each, person) not in out] for person in set(people)
    }
    found: list[int | None] = [None] * len(people)

    def give(place: int, reviewer: int) -> None:
        person, had = people[place], found[place]
        if had is not None:
            held[had, person].remove(place)
            load[had] -= 1
            seen[had, person] -= 1
        found[place] = reviewer
        held.setdefault((reviewer, person), []).append(place)
        load[reviewer] += 1
        seen[reviewer, person] = seen.get((reviewer, person), 0) + 1

    for place, person in enumerate(people):
        if not allowed[person]:
            continue
        path = _path(person, allowed, held, load, seen, order)
        # Along the path each hands one over to the next, from the far end on.
        for giver, receiver, of in reversed(path[1:]):
            give(held[giver, of][-1], receiver)
        give(place, path[0][1])
    _vary(found, people, allowed, seen)
    return found


def _path(
    person: int,
    allowed: Mapping[int, list[int]],
    held: Mapping[Pair, list[int]],
    load: Mapping[int, int],
    seen: Mapping[Pair, int],
    order: Mapping[int, int],
) -> list[tuple[int, int, int]]:
    """(giver, receiver, person) steps to whoever is least busy; the first has no giver."""

    def least(reviewer: int) -> tuple[int, int, int]:
        return load[reviewer], seen.get((reviewer, person), 0), order[reviewer]

    best = min(allowed[person], key=least)
    if load[best] == min(load.values()):
        return [(0, best, person)]
    steps: dict[int, tuple[int, int, int]] = {
        reviewer: (0, reviewer, person) for reviewer in sorted(allowed[person], key=least)
    }
    queue = list(steps)
    for reviewer in queue:
        theirs = sorted(of for (by, of), places in held.items() if by == reviewer and places)
        for of in theirs:
            for other in allowed[of]:
                if other not in steps:
                    steps[other] = (reviewer, other, of)
                    queue.append(other)
    end = min(queue, key=lambda each: (load[each], queue.index(each)))
    if load[end] == load[best]:
        end = best
    path = [steps[end]]
    while path[-1][0]:
        path.append(steps[path[-1][0]])
    return path[::-1]


def _vary(
    found: list[int | None],
    people: Sequence[int],
    allowed: Mapping[int, list[int]],
    seen: dict[Pair, int],
) -> None:
    """Two reviewers swap people where one would meet somebody twice: nobody's load changes."""

    def gain(first: int, second: int) -> int:
        """How many times fewer the two would meet the same person again."""
        one, other = found[first], found[second]
        assert one is not None and other is not None
        if other not in allowed[people[first]] or one not in allowed[people[second]]:
            return 0
        had = (seen[one, people[first]] > 1) + (seen[other, people[second]] > 1)
        would = seen.get((other, people[first]), 0) + seen.get((one, people[second]), 0)
        return had - would

    given = [place for place, reviewer in enumerate(found) if reviewer is not None]
    for first in given:
        for second in given:
            one, other = found[first], found[second]
            if seen[one, people[first]] < 2:  # type: ignore[index]  # those given have one
                break
            if one == other or people[first] == people[second] or gain(first, second) < 1:
                continue
            for place, before, after in ((first, one, other), (second, other, one)):
                seen[before, people[place]] -= 1  # type: ignore[index]
                seen[after, people[place]] = seen.get((after, people[place]), 0) + 1  # type: ignore[index, arg-type]
                found[place] = after


def due_on(number: int, each: int, begins_on: date, ends_on: date, today: date) -> date:
    """When the `number`th of `each` reviews of a person is to be done: spread over the window, and
    over what is left of it where the plan is late."""
    begin = min(max(begins_on, today), ends_on)
    return begin + timedelta(days=round((ends_on - begin).days * number / each))
