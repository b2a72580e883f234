"""A statistic beside its published answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Ours = Callable[[], float | Sequence[float]]


@dataclass(frozen=True)
class Answer:
    """One statistic, where its answer is printed, how it is printed there, and what we make of it.

    Ours may be off by half of the last place that is printed, or by `within` where a note says why.
    """

    statistic: str
    source: str
    published: str | Sequence[str]
    compute: Ours
    within: float | None = None

    @property
    def pairs(self) -> list[tuple[str, float]]:
        """Each printed number with ours."""
        ours = self.compute()
        if isinstance(self.published, str):
            assert isinstance(ours, float | int)
            return [(self.published, float(ours))]
        assert isinstance(ours, Sequence)
        return list(zip(self.published, ours, strict=True))

    @property
    def difference(self) -> float:
        """The largest, ours less theirs."""
        return max((ours - float(theirs) for theirs, ours in self.pairs), key=abs)

    @property
    def holds(self) -> bool:
        return all(
            abs(ours - float(theirs)) <= self._allowed(theirs) for theirs, ours in self.pairs
        )

    def _allowed(self, printed: str) -> float:
        places = len(printed.partition(".")[2])
        return (self.within or 0.5 * 10**-places) + 1e-9
