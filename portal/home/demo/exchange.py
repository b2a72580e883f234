"""What the demo's communities tell each other: posts, answers, a link, and what was celebrated."""

from datetime import datetime, timedelta

from communities.models import Celebration, Community, Post, Reply, Resource
from portal.home.demo.communities import VIDEO
from portal.home.demo.people import everyone
from portal.home.demo.posts import CELEBRATED, POSTS, REPLIES
from portal.practice.models import Phase, Principle, Skill


def load(now: datetime) -> None:
    """A year and a half of exchange, and a link in two of the communities."""
    people = everyone()
    circles = {community.name: community for community in Community.objects.all()}
    principles, phases, skills = (list(m.objects.all()) for m in (Principle, Phase, Skill))
    posts: dict[str, Post] = {}
    for circle, name, weeks, kind, title, situation, happened, learned, (one, two, three) in sorted(
        POSTS, key=lambda post: -post[2]
    ):
        posts[title] = Post.publish(
            community=circles[circle],
            by=people[name],
            at=now - timedelta(weeks=weeks, hours=10),
            kind=kind,
            title=title,
            situation=situation,
            happened=happened,
            learned=learned,
            principle=principles[one - 1] if one else None,
            phase=phases[two - 1] if two else None,
            skill=skills[three - 1] if three else None,
        )
    for turn, (title, name, went, text) in enumerate(REPLIES):
        at = posts[title].at + timedelta(days=2 + turn % 3)
        Reply.post_to(posts[title], by=people[name], went=went, text=text, at=at)
    Resource.share(
        community=circles["Cedar Valley Fridays"],
        by=people["Linh"],
        at=now - timedelta(weeks=8),
        title="The ten principles, with examples",
        description="Short, and good to read aloud at the start of a session.",
        link="https://nwi.pdx.edu/",
        principle=principles[0],
    )
    Resource.share(
        community=circles[VIDEO],
        by=people["Linh"],
        at=now - timedelta(weeks=21),
        title="A visit on a screen: one page",
        description="Where to look, when to wait, and what to send before and after.",
        link="https://nwi.pdx.edu/",
        principle=principles[4],
    )
    _celebrate(circles, now)


def _celebrate(circles: dict[str, Community], now: datetime) -> None:
    """Most are shown to a community, one to the two alone, one was declined, two wait."""
    people = everyone()
    for circle, to, by, weeks, kind, answer, text in sorted(CELEBRATED, key=lambda each: -each[3]):
        at = now - timedelta(weeks=weeks, hours=9)
        said = Celebration.offer(
            people[to], community=circles[circle], by=people[by], kind=kind, text=text, at=at
        )
        later = at + timedelta(hours=4)
        if answer == "no":
            said.decline(by=people[to], at=later)
        elif answer:
            shown = circles[circle] if answer == "shown" else None
            said.agree(by=people[to], community=shown, at=later)
