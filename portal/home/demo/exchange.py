"""What the demo's community tells each other: posts, answers, a link, and what was celebrated."""

from datetime import datetime, timedelta

from communities.models import Celebration, Community, Post, Reply, Resource
from portal.home.demo.people import everyone
from portal.practice.models import Phase, Principle, Skill

# Who, how many weeks ago, kind, title, situation, what happened, what it taught, what it is about:
# (principle's place, phase's, skill's), or nothing.
POSTS = [
    ("Jonas", 14, "worked", "Asking what they had tried first",
     "A first visit, and a long list of what others had advised.",
     "I put the form away and asked what they had already tried. Two of the three things on my"
     " list were on theirs, and one had worked for a while.",
     "What they tried is where a plan begins. I ask it before I offer anything.", (1, 1, 1)),
    ("Amina", 11, "did_not", "I filled the silence",
     "A team meeting in which the youngest had not spoken.",
     "I asked a question and answered it myself after a few seconds. Nobody came back to it.",
     "Count to ten. It feels endless only to me.", (1, 2, 3)),
    ("Priya", 9, "worked", "A natural support who was there all along",
     "",
     "I asked who notices when a day goes badly. A neighbour came up, and came to the next"
     " meeting with her own idea.",
     "Ask for moments, not for names of helpers.", (3, 2, 0)),
    ("Dana", 6, "did_not", "Too many goals on one page",
     "A plan with nine goals, because each helper had brought two.",
     "At the next meeting nobody remembered more than one. We crossed out all but that one.",
     "One goal that they choose does more than nine that we do.", (7, 3, 4)),
    ("Teo", 3, "worked", "Saying that I had been there too",
     "A parent who said that nobody understands.",
     "I said one sentence of my own story and then asked. The talk turned from me to them"
     " within a minute.",
     "One sentence is enough, and then a question.", (6, 1, 2)),
    ("Grace", 1, "worked", "Beginning with what went well",
     "A meeting that always began with the week’s incidents.",
     "I asked each one for something that went better than they feared. It took four minutes"
     " and changed the order of what followed.",
     "", (8, 3, 1)),
]  # fmt: skip

REPLIES = [
    ("Jonas", "Priya", "worked", "Did the same yesterday. The grandmother had a list of her own."),
    ("Jonas", "Linh", "", "What did you say when you put the form away?"),
    ("Amina", "Jonas", "partly", "Ten was too long for one of them; five was right."),
    ("Amina", "Elijah", "did_not", "On the phone it only made them think that I had hung up."),
    ("Dana", "Ruth", "", "Bring it on Friday? I would like to see how you crossed them out."),
    ("Teo", "Grace", "worked", "Yes. And stopping after the one sentence is the skill."),
]


def load(now: datetime) -> None:
    """Months of the weekly community's exchange."""
    people = everyone()
    community = Community.objects.get(name="Cedar Valley Fridays")
    principles, phases, skills = (list(m.objects.all()) for m in (Principle, Phase, Skill))
    posts: dict[str, Post] = {}
    for name, weeks, kind, title, situation, happened, learned, (one, two, three) in POSTS:
        posts[name] = Post.publish(
            community=community,
            by=people[name],
            at=now - timedelta(weeks=weeks),
            kind=kind,
            title=title,
            situation=situation,
            happened=happened,
            learned=learned,
            principle=principles[one - 1] if one else None,
            phase=phases[two - 1] if two else None,
            skill=skills[three - 1] if three else None,
        )
    for turn, (about, name, went, text) in enumerate(REPLIES):
        at = posts[about].at + timedelta(days=2 + turn % 3)
        Reply.post_to(posts[about], by=people[name], went=went, text=text, at=at)
    Resource.share(
        community=community,
        by=people["Linh"],
        at=now - timedelta(weeks=8),
        title="The ten principles, with examples",
        description="Short, and good to read aloud at the start of a session.",
        link="https://nwi.pdx.edu/",
        principle=principles[0],
    )
    _celebrate(community, now)


def _celebrate(community: Community, now: datetime) -> None:
    """One that everybody in it sees, and one that waits for an answer."""
    people = everyone()
    seen = Celebration.offer(
        people["Dana"],
        community=community,
        by=people["Ruth"],
        kind="failure",
        text="You told us how the nine goals fell flat before anyone asked. Three of us have"
        " crossed out goals since.",
        at=now - timedelta(weeks=5),
    )
    seen.agree(by=people["Dana"], community=community, at=now - timedelta(weeks=5, hours=-20))
    Celebration.offer(
        people["Amina"],
        community=community,
        by=people["Jonas"],
        kind="learned",
        text="On Tuesday you counted to ten, and she spoke.",
        at=now - timedelta(days=1),
    )
