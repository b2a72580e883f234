"""What the exchange's pages show besides posts: whom to filter by, answers, and a glance."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.finder import Filter, Finder, about_filters, row_id
from communities.models import Celebration, Community, Post, Reply
from portal.people.models import User
from portal.people.requests import Request
from portal.prepared import prepared

ANSWERS = 50  # of a post, on one page
GLANCE = 3


def exchange_finder(request: Request, names: Mapping[int, str]) -> Finder:
    """The finder over the communities in `names` (id to name)."""
    asked = request.GET
    filters = [
        Filter("kind", gettext_lazy("Worked or not"), gettext_lazy("Both"), "kind",
               Post.Kind.choices),
        *about_filters(),
        Filter("who", gettext_lazy("By whom"), gettext_lazy("Anyone"), "by_id",
               _writers(request.user, names, asked.get("who"))),
    ]  # fmt: skip
    if len(names) > 1:
        filters.append(
            Filter("community", gettext_lazy("Community"), gettext_lazy("All of yours"),
                   "community_id", list(names.items()))
        )  # fmt: skip
    return Finder(asked, filters)


def _writers(me: User, names: Mapping[int, str], who: str | None) -> list[tuple[int, str]]:
    """Oneself, and whom the address names (a member's page does) if they wrote something that one
    may read. To list all members would be half of what the page costs."""
    found = {me.pk: _("Yourself")}
    if (writer := row_id(who)) and writer not in found:
        theirs = Post.objects.standing().filter(by=writer, community__in=names)
        found |= {
            pk: name or email
            for pk, name, email in theirs.values_list("by", "by__name", "by__email")[:1]
        }
    return list(found.items())


def tell_answers(posts: Sequence[Post]) -> None:
    """Give each post `comments` and `trials`: how many stand below it. One query for all."""
    counted = {row["post"]: row for row in _counts([post.pk for post in posts])}
    for post in posts:
        row: dict[str, Any] = counted.get(post.pk, {})
        post.comments, post.trials = row.get("comments", 0), row.get("trials", 0)  # type: ignore[attr-defined]


def answers_to(post: Post, after: str | None) -> tuple[list[Reply], int]:
    """A page of what stands below the post, oldest first, and the id to go on from, or 0."""
    page = _answers(post.pk, row_id(after))
    return page[:ANSWERS], page[ANSWERS - 1].pk if len(page) > ANSWERS else 0


@prepared
def _counts(posts: list[int]) -> QuerySet[Any, Any]:
    below = Reply.objects.standing().filter(post__in=posts).order_by().values("post")
    return below.annotate(
        comments=Count("pk", filter=Q(went="")), trials=Count("pk", filter=~Q(went=""))
    )


@prepared
def _answers(post: int, after: int) -> QuerySet[Any, Any]:
    rows = Reply.objects.standing().filter(post=post, pk__gt=after).select_related("by")
    named = rows.only("by__name", "by__email", "went", "text", "at", "edited_at")
    return named.order_by("pk")[: ANSWERS + 1]


def glance(community: Community) -> dict[str, Any]:
    """For the community's own page: the latest posts and celebrations. Two queries."""
    return {
        "posts": _latest_posts(community.pk),
        "celebrations": _latest_celebrations(community.pk, timezone.now()),
    }


@prepared
def _latest_posts(community: int) -> QuerySet[Any, Any]:
    posts = Post.objects.standing().filter(community=community).order_by("-pk")
    return posts.values("pk", "title", "kind", "at", "by__name")[:GLANCE]


@prepared
def _latest_celebrations(community: int, at: datetime) -> QuerySet[Any, Any]:
    return Celebration.objects.shown_in(community, at=at).in_words()[:GLANCE]
