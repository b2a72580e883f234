"""More of what the demo's people wrote, over a year and a half: invented, about practice, with no
family in it. Each: What? So what? Now what?"""

MORE: list[tuple[str, str, str]] = [
    (
        "I came with the list from the last meeting and put it face down on the table. We talked"
        " for twenty minutes before anyone turned it over.",
        "The list was for me. It kept me from hearing what had changed since.",
        "Begin with what is different since we last met.",
    ),
    (
        "A colleague watched me today. I was stiff for ten minutes and then forgot about it.",
        "What I was afraid of being seen at was the part that went well.",
        "Ask to be watched at the thing I find hardest, not at the one I like.",
    ),
    (
        "I caught myself translating. Somebody said 'worn out' and I wrote 'respite need'.",
        "Their word was shorter and it was right. Mine opens a drawer of services.",
        "Write their words first, and ours beside them only where a form asks.",
    ),
    (
        "We argued about the meeting's time for longer than about the plan.",
        "Who can come at ten in the morning decides who is on the team.",
        "Offer an evening and a weekend before I offer a weekday.",
    ),
    (
        "I said 'I don't know' in front of everyone, and the room got easier.",
        "They had thought that I kept the answer back.",
        "Say it sooner, and ask who might know.",
    ),
    (
        "Two helpers disagreed in the meeting and I smoothed it over. Both left unhappy.",
        "I took the tension for a fault of mine. It was information.",
        "Name both views aloud and ask what each of them is looking after.",
    ),
    (
        "I counted today: thirteen questions, four reflections. On the way home I knew that I had"
        " interviewed and not listened.",
        "Questions make me feel useful. They make the other one work for me.",
        "Two reflections for each question, for ten minutes of one visit.",
    ),
    (
        "The crisis plan came out of the folder and it held. It was two lines long and in their own"
        " hand.",
        "The long one we wrote first would have stayed in the folder.",
        "Ask of every plan: could you find it, and read it, at three in the morning?",
    ),
    (
        "I noticed that I talk to the loudest one. I moved my chair.",
        "A chair is a technique.",
        "Choose my seat last, beside whoever has said least.",
    ),
    (
        "Somebody thanked me for 'not giving up' and I had been close to it the week before.",
        "Persistence isn't a feeling. It's the next phone call.",
        "When I want to close something, write down what we haven't tried.",
    ),
    (
        "The strengths on our form were all about being nice. I asked what they are proud of having"
        " got through, and we needed a second page.",
        "A strength is something you can build a plan on, not a compliment.",
        "For each strength, ask where it helped last time.",
    ),
    (
        "I sat through a long silence on the phone and it was only the lift. We laughed.",
        "I can do silence face to face. On the phone I need to say that I am still here.",
        "Say 'take your time, I'm here' once, then wait.",
    ),
    (
        "I promised to call back by Wednesday and did it on Friday. Nothing was said about it, and"
        " the answers were shorter.",
        "Trust leaks in small amounts.",
        "Promise less, with a day on it, and keep a list of the days.",
    ),
    (
        "We celebrated the wrong thing. The number had gone down because nobody had counted.",
        "I wanted good news and stopped asking.",
        "Ask where a number comes from before we are glad of it.",
    ),
    (
        "A new colleague asked why we go round the table. I had no reason beyond habit.",
        "The ritual had worn out and I hadn't noticed, since it still filled the time.",
        "Ask the team how they would like to begin.",
    ),
    (
        "I used 'we' for something that I alone had decided. I was asked 'who is we?'",
        "Good question, and a fair one. The plan is theirs when they can say 'I'.",
        "Listen for 'we' in my own mouth.",
    ),
    (
        "Half the visit was about paperwork, and it mattered: it took a load off.",
        "I look down on the practical part. It is often what earns the rest.",
        "Ask at the start: what would be off your shoulders if we did it now?",
    ),
    (
        "My case load grew again. I shortened three visits and was late for all of them.",
        "What goes first when I hurry is the question at the end.",
        "Keep the last five minutes, even when the first five are lost.",
    ),
    (
        "I shared the graph of my own reviews with my supervisor before being asked.",
        "It looked like a hill and I could say what each side of it was.",
        "Choose one item of it, and leave the others for later.",
    ),
    (
        "Somebody from next door, a friend, ran a part of the meeting. Better than I would have.",
        "When I step back far enough, there is room for someone who stays after I have gone.",
        "Give one point of the agenda away each time.",
    ),
    (
        "I gave advice, and it was good, and it was taken. I'm still not sure it was mine to give.",
        "Being right isn't the same as being asked.",
        "Ask 'what have you thought of already?' even when I know.",
    ),
    (
        "The youngest drew while we talked. At the end the drawing had the whole plan in it.",
        "I count words as taking part. There are other ways.",
        "Bring paper and pens, and ask about what came of them.",
    ),
    (
        "A goal was reached and nobody wanted to say so, for fear of what it would change.",
        "Endings need as much care as beginnings. I had only planned for the beginning.",
        "Talk about how we will know that we are done, early and more than once.",
    ),
    (
        "I disagreed with a decision and said so, and helped with it all the same.",
        "Their choice held, and so did we. Next time they'll tell me more.",
        "When I disagree, say it once, plainly, and then ask how I can help.",
    ),
]
