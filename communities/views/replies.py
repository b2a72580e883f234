"""Answering a post: a comment, or that one tried it too."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from communities.forms.exchange import NewReplyForm, ReplyForm
from communities.models import Post, Reply
from communities.removing import removal
from communities.views.posts import HOSTS
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Post,
    "answerable_by",
    visible="visible_to",
    why=_("Only members of the community answer here, as long as it goes on."),
    select=("by", "community__agency"),
)
def new(request: Request, post: Post) -> HttpResponse:
    form = NewReplyForm(request.POST or None)
    if form.is_valid():
        try:
            reply = Reply.post_to(post, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:  # it was removed meanwhile
            form.add_error(None, refusal)
        else:
            return redirect(reply)
    return page(request, "communities/replies/new.html", {"form": form, "post": post})


@access.record(
    Reply,
    "editable_by",
    visible="visible_to",
    why=_("Only whoever wrote it can change it."),
    select=("post__community__agency",),
)
def edit(request: Request, reply: Reply) -> HttpResponse:
    form = ReplyForm(request.POST or None, instance=reply)
    if form.is_valid():
        reply.change(by=request.user, **form.cleaned_data)
        return redirect(reply)
    return page(request, "communities/replies/edit.html", {"form": form, "reply": reply})


@access.record(
    Reply, "removable_by", visible="visible_to", why=HOSTS,
    select=("by", "post__community__agency", "removal"),
)  # fmt: skip
def remove(request: Request, reply: Reply) -> HttpResponse:
    return removal(request, "communities/replies/remove.html", reply)
