"""The practice exchange: finding posts, reading one, writing one, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.exchange import answers_to, exchange_finder, tell_answers
from communities.finder import row_id
from communities.forms.exchange import FinderForm, NewPostForm, NewReplyForm, PostForm
from communities.models import Community, Post
from communities.models.community import CommunityQuerySet
from communities.removing import removal
from portal import access
from portal.people.requests import Request
from portal.web.page import page

TEXT = ["situation", "happened", "learned"]
HOSTS = gettext_lazy("Only its author and the hosts of the community can do this.")


@access.collection(Community, "visible_to", "communities")
def index(request: Request, communities: CommunityQuerySet) -> HttpResponse:
    names = dict(communities.order_by("name", "pk").values_list("pk", "name"))
    finder = exchange_finder(request, names)
    rows = Post.objects.standing().filter(community__in=names).in_rows()
    found = finder.find(rows, title="title", text=TEXT)
    tell_answers(found.rows)
    context = {
        "finder": finder,
        "find": FinderForm(finder),
        "found": found,
        "here": finder.chosen.get("community"),
        "here_name": names.get(row_id(finder.chosen.get("community"))),
        "several": len(names) > 1,
    }
    return page(request, "communities/posts/index.html", context)


# Writes on GET: that its author has seen the answers.
@access.record(Post, "visible_to", select=("by", "community__closure", "removal")).writing_on_get()
def show(request: Request, post: Post) -> HttpResponse:
    post.open_by(request.user)
    community = post.community
    is_member = community.is_joined_by(request.user)
    answers, more = answers_to(post, request.GET.get("after"))
    context = {
        "post": post,
        "answers": answers,
        "more": more,
        "mine": post.by_id == request.user.pk,
        "runs": community.is_hosted_by(request.user),
        "stays": community.membership_of(post.by_id or 0) is not None,
        "form": NewReplyForm(auto_id="reply_%s")
        if is_member and not community.is_closed and not post.is_removed
        else None,
    }
    return page(request, "communities/posts/show.html", context)


@access.collection(Community, "joined_by", "communities")
def new(request: Request, communities: CommunityQuerySet) -> HttpResponse:
    """`?community=7` chooses who reads it beforehand."""
    choices = communities.standing().order_by("name", "pk")
    form = NewPostForm(
        request.POST or None,
        communities=choices,
        initial={"community": request.GET.get("community", "")},
    )
    if form.is_valid():
        about = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        post = Post.publish(by=request.user, key=form.cleaned_data["key"], **about)
        messages.success(request, _("Your community can read it now."))
        return redirect(post)
    return page(request, "communities/posts/new.html", {"form": form, "communities": choices})


@access.record(
    Post,
    "editable_by",
    visible="visible_to",
    why=gettext_lazy("Only its author can change a post."),
    select=("community__agency",),
)
def edit(request: Request, post: Post) -> HttpResponse:
    form = PostForm(request.POST or None, instance=post)
    if form.is_valid():
        post.change(by=request.user, **form.cleaned_data)
        return redirect(post)
    return page(request, "communities/posts/edit.html", {"form": form, "post": post})


@access.record(
    Post, "removable_by", visible="visible_to", why=HOSTS,
    select=("by", "community__agency", "removal"),
)  # fmt: skip
def remove(request: Request, post: Post) -> HttpResponse:
    return removal(request, "communities/posts/remove.html", post)
