"""Inviting people to a community: they say yes or no."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.joinings import InvitationForm
from communities.models import Community, Joining
from communities.views.communities import RUN
from portal import access
from portal.people.models import User
from portal.people.requests import Request
from portal.web.errors import too_many
from portal.web.page import page


@access.record(Community, "hosted_by", visible="visible_to", why=RUN)
def new(request: Request, community: Community) -> HttpResponse:
    form = InvitationForm(request.POST or None, community=community, person=request.user)
    if form.is_valid():
        if not ratelimit.consume(request, action="invite", user=request.user):
            return too_many(request)
        try:
            _invite(community, form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Invited. They say yes or no, and you hear of it."))
            return redirect(community)
    context = {
        "form": form,
        "community": community,
        "waiting": community.joinings.open()
        .filter(way=Joining.Way.INVITED, person__in=form.colleagues)
        .select_related("person")
        .only("community", "role", "at", "person__name", "person__email"),
        "administers": community.is_administered_by(request.user),
    }
    return page(request, "communities/invitations/new.html", context)


def _invite(community: Community, given: dict, *, by: User) -> None:
    """All or none; whether an email belongs to somebody who may join is not told."""
    words = {"role": given["role"], "word": given["word"]}
    with transaction.atomic():
        for person in given["people"]:
            Joining.invite(community, person, by=by, **words)
        if email := given.get("email"):
            for person in community.eligible().filter(email__iexact=email):
                Joining.invite(community, person, by=by, **words)
