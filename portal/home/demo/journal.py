"""What the demo's people wrote: invented, about practice, with no family in it.

Each: What? So what? Now what? Readers may find the thread of a season: more listening, fewer plans
handed over.
"""

ENTRIES: list[tuple[str, str, str]] = [
    (
        "I asked three open questions in a row and then waited. The silence felt long. Then the"
        " answer came, and it wasn't the one I had half written down already.",
        "My plan was a good plan, but it was mine. The wait did more than the question.",
        "Count to five in my head before I fill a silence.",
    ),
    (
        "The team meeting ran on rails. Everyone spoke in turn, the form was full at the end, and"
        " walking out I couldn't say what anybody cared about.",
        "I kept to the steps and lost the point of them. Fidelity isn't the form.",
        "Open the next meeting by asking what would make this hour worth coming for.",
    ),
    (
        "Someone on the team said 'we have tried that' and I argued. I heard myself do it.",
        "That was sustain talk and I pushed against it. Of course it pushed back.",
        "Reflect it first. One complex reflection before any suggestion.",
    ),
    (
        "Drove forty minutes to a visit that was called off by text when I was parking. I sat in"
        " the car and was cross, mostly with myself for being cross.",
        "I take a missed visit as a verdict. It's usually just a Tuesday.",
        "Send a short warm message the evening before, and keep a small task in the bag.",
    ),
    (
        "We listed natural supports and there were two. Then somebody mentioned the neighbour who"
        " lends tools, almost as a joke. Now there are three, and the third one matters most.",
        "The word 'supports' makes people think of professionals. Stories find the others.",
        "Ask 'who would notice if you were away for a week?' instead of reading the list.",
    ),
    (
        "In supervision I brought a problem and left with my own answer. I noticed afterwards that"
        " I'd been asked only questions.",
        "It felt respectful and a little uncomfortable. That's what I want to offer others.",
        "Try a whole conversation this week with questions and reflections only.",
    ),
    (
        "I praised the outcome. 'Great job.' It landed flat. Later I named the thing itself: you"
        " kept going after two closed doors. That landed.",
        "Affirming is noticing, not grading.",
        "One affirmation a visit that names a strength and the proof of it.",
    ),
    (
        "I gave information before asking whether it was wanted. Twice. Both times I got a nod,"
        " and nothing happened after the nod.",
        "Ask, offer, ask. I know the words and skip the first ask when I'm in a hurry.",
        "Write 'ask first' on the top of tomorrow's page.",
    ),
    (
        "New to this and my shadow visit was all watching. I counted nine reflections before the"
        " first piece of advice. I'd have given it after two.",
        "Slow is not the same as idle.",
        "Choose two moments in the next visit where I'll reflect when I want to advise.",
    ),
    (
        "The school's timetable and ours never met, so we changed ours. It took one phone call"
        " that I had put off for a month.",
        "I had decided for them that they wouldn't bend. They hadn't been asked.",
        "List the calls I'm putting off, make the smallest one today.",
    ),
    (
        "I shared a little of my own story as a peer. It was the right length for once: two"
        " sentences, then back to the person in front of me.",
        "My story is a door, not a room.",
        "Before I share, ask myself whom it's for.",
    ),
    (
        "We wrote the goal in the person's own words and it was shorter, odder and better than any"
        " I'd have written.",
        "Voice and choice begins with whose sentence it is.",
        "Read every goal aloud and ask 'would you say it like that?'",
    ),
    (
        "A plan fell apart in a week and nobody was to blame. We met again and wrote down what we"
        " had learned from it, which was more than the plan had held.",
        "Persistence looks a lot like curiosity from the inside.",
        "End hard meetings with 'what do we know now that we didn't?'",
    ),
    (
        "Recorded a session and listened in the car. I talk about twice as much as I believed.",
        "Humbling and useful. The tape is kinder than my memory in some places too.",
        "Listen to ten minutes each month. Pick one thing only.",
    ),
    (
        "I summarised at the end and got 'no, that's not it' and then the real thing. Best minute"
        " of the visit.",
        "A summary that's wrong still works when it's offered and not announced.",
        "Two short summaries on the way instead of one long one at the end.",
    ),
    (
        "Celebrated a small step and saw it embarrass the person. We moved on quickly.",
        "My way of celebrating isn't everybody's.",
        "Ask how people like good news to be marked.",
    ),
]

ANSWERS: list[str] = [
    "Thank you for the honesty in this. What told you that the moment had turned?",
    "I know that hurry well. What would 'ask first' look like on a day with three visits?",
    "I tried your question about who would notice. It found someone for us, too. Thank you.",
    "The part about whose sentence it is stays with me. Shall we bring it to Friday's session?",
    "You noticed it while it happened. That's the skill. What helped you notice?",
]

NEXT_TIMES: list[str] = [
    "wait five seconds before I fill a silence",
    "offer one complex reflection before any suggestion",
    "ask whether information is wanted before I give it",
    "name one strength and the proof of it",
    "read every goal aloud and ask whose words they are",
]

ANSWERS += [
    "What you say of the chair stays with me: I'll try it today. How did you know to move?",
    "I read twice what you wrote about 'we'. I hear it in myself as well.",
    "You were hard on yourself in the second line. What would you say to a colleague who wrote it?",
    "May I ask you about this when we meet? I'd like to hear how the next one went.",
    "I'm glad that you wrote this down before it faded. What did the others do when you waited?",
    "That's what I'd have done, and it went wrong for me too. What is the smallest next step?",
    "Your last line is a good one to bring to supervision, if you like. It needn't be solved.",
]

NEXT_TIMES += [
    "ask what is different since we last met",
    "write their words first, and ours beside them",
    "sit beside whoever has said least",
    "offer an evening before I offer a weekday",
    "keep the last five minutes for their question",
    "give one point of the agenda away",
    "ask who would notice if they were away for a week",
    "say 'I don't know' sooner, and ask who might",
    "promise less, with a day on it",
    "bring paper and pens, and ask what came of them",
]

OUTCOMES: list[str] = [
    "Smaller than I feared, and it changed the next five minutes.",
    "Twice. The second time it came by itself.",
    "It felt slow, and we were done sooner than usual.",
    "I forgot at first and came back to it at the end. That counted too.",
    "It did not fit that day. I said so, and we laughed.",
    "One long silence, and then the sentence that mattered.",
    "They asked me why I was doing it. I told them, and they liked it.",
    "",
]
