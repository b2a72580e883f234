"""How well the identifier check does on the sentences, as the tables of docs/identifier-check.md.

    .venv/bin/python -m tests.reflections.identifiers.scores

A passage counts as found when findings, of whatever class, cover at least half of its characters;
a finding counts as right when at least half of its characters lie in passages.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reflections.identifiers import Kind, find
from tests.reflections.identifiers.sentences import Sentence, sentences

HALVES = ("tuning", "held back")


class Score(NamedTuple):
    """Counts of one class, or of all."""

    passages: int  # to be found
    found: int
    named: int  # found, and by a finding of their own class
    findings: int  # made
    right: int

    @property
    def recall(self) -> float | None:
        return self.found / self.passages if self.passages else None

    @property
    def precision(self) -> float | None:
        return self.right / self.findings if self.findings else None


def scores(half: str) -> dict[str, Score]:
    """Scores by class, and of "all", on one half."""
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in [*Kind, "all"]}
    for sentence in sentences(half):
        findings = find(sentence.text)
        for start, end, kind in sentence.passages:
            covered = [f for f in findings if f.start < end and start < f.end]
            found = int(_is_covered(start, end, covered))
            named = int(found and any(f.kind == kind for f in covered))
            for row in (kind, "all"):
                counted[row].update(passages=1, found=found, named=named)
        for each in findings:
            right = int(_is_covered(each.start, each.end, sentence.passages))
            for row in (each.kind, "all"):
                counted[row].update(findings=1, right=right)
    return {kind: Score(*(c[name] for name in Score._fields)) for kind, c in counted.items()}


def table(half: str) -> str:
    """The scores of a half in Markdown, without classes that it has none of."""
    rows = [
        "| class | passages | found | recall | class right | findings | right | precision |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for kind, score in scores(half).items():
        if score.passages or score.findings:
            rows.append(
                f"| {kind} | {score.passages} | {score.found} | {_percent(score.recall)}"
                f" | {score.named} | {score.findings} | {score.right}"
                f" | {_percent(score.precision)} |"
            )
    return "\n".join(rows)


def mistakes(half: str) -> Iterator[str]:
    """What was missed and what was found wrongly, for whoever tunes."""
    for sentence in sentences(half):
        findings = find(sentence.text)
        missed = [p for p in sentence.passages if not _is_covered(p.start, p.end, findings)]
        wrong = [f for f in findings if not _is_covered(f.start, f.end, sentence.passages)]
        if missed or wrong:
            yield f"missed {_quoted(sentence, missed)}, wrong {_quoted(sentence, wrong)}"


def _is_covered(start: int, end: int, spans: Iterable[tuple[int, ...]]) -> bool:
    overlap = sum(max(0, min(end, s[1]) - max(start, s[0])) for s in spans)
    return 2 * overlap >= end - start


def _quoted(sentence: Sentence, spans: Iterable[tuple[int, ...]]) -> list[str]:
    return [f"{sentence.text[s[0] : s[1]]} ({s[2]})" for s in spans]


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def main(arguments: list[str]) -> None:
    if "mistakes" in arguments:
        print("\n".join(mistakes("tuning")))
        return
    for half in arguments or HALVES:
        count = len(sentences(half))
        print(f"{half.capitalize()}: {count} sentences\n\n{table(half)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
