"""What the demo's reviewers tell people of their practice. No family is in it."""

FEEDBACK: list[str] = [
    "You waited after the second question, and the plan changed because of what came. Keep that."
    " Next time, wait once more before you sum up.",
    "I saw you hand the pen over. That is voice and choice, and it took you five seconds.",
    "The team spoke in its own words today. Next time, name the strength before the task.",
    "Warm and clear. Two suggestions came before anyone had asked: try offering first.",
    "Three goals, and each in a sentence that nobody here would have written for them. Well heard.",
    "The natural supports part went fast. One question more (who would notice?) would have been"
    " worth the minute.",
    "You said back what was meant and not only what was said, four times in ten minutes.",
    "When it got tense you slowed down. I would do that again, and say aloud that you do.",
    "A full agenda and a quiet room. Cut it by half, and open with what went well.",
    "You asked whether it was a good time for a piece of information, and then you gave it in one"
    " sentence. That is all there is to it.",
    "The tasks went to professionals again. Ask the team who else could carry one of them.",
    "I liked how you ended: what do we know now that we did not know an hour ago?",
    "You came back to what was agreed last time before anything else. It set the tone.",
    "Two closed questions in a row, and you noticed and laughed. The third was open and found"
    " something.",
]
