"""Text that was written under one set of prompts, put under another without losing a word."""

from collections.abc import Mapping, Sequence

from reflections.models.answers import Answers


def fitted(answers: Mapping[str, str], prompts: Sequence[int]) -> Answers:
    """`answers` under the `prompts` (ids, in order) of a set.

    What stands under them stays where it is. What stands under others' goes box by box into theirs,
    behind what is there, and the rest into the last. Pure, and twice is as once.
    """
    names = [str(prompt) for prompt in prompts]
    strays = [text for name, text in answers.items() if name not in names and text.strip()]
    if not strays or not names:
        return dict(answers)
    boxes = [[answers.get(name, "")] for name in names]
    for place, text in enumerate(strays):
        boxes[min(place, len(boxes) - 1)].append(text)
    return {
        name: "\n\n".join(text for text in texts if text.strip())
        for name, texts in zip(names, boxes, strict=True)
    }
