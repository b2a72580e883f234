"""Who belongs to a community, and as what."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forms.joinings import PeopleForm, RoleForm
from communities.models import Community, Membership
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Community,
    "administered_by",
    visible="visible_to",
    why=gettext_lazy("Only the admins of its agency bring people in. Hosts invite them."),
)
def new(request: Request, community: Community) -> HttpResponse:
    """An admin welcomes people of their own agency, without asking them."""
    form = PeopleForm(request.POST or None, community=community, person=request.user)
    if form.is_valid():
        people = form.cleaned_data["people"]
        try:
            with transaction.atomic():
                for person in people:
                    community.welcome(person, role=form.cleaned_data["role"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            told = ngettext("%(n)d person joined.", "%(n)d people joined.", len(people))
            messages.success(request, told % {"n": len(people)})
            return redirect(community)
    return page(request, "communities/memberships/new.html", {"form": form, "community": community})


@access.record(
    Membership, "hosted_by", visible="visible_to", why=RUN, select=("person", "community__agency")
)
def edit(request: Request, membership: Membership) -> HttpResponse:
    """Change the role."""
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if form.is_valid():
        membership.become(form.cleaned_data["role"], by=request.user)
        return redirect(membership.community)
    others = membership.community.hosts().exclude(pk=membership.person_id)
    context = {
        "form": form,
        "membership": membership,
        "only_host": membership.role == "host" and not others.exists(),
    }
    return page(request, "communities/memberships/edit.html", context)


@access.record(
    Membership, "hosted_by", visible="visible_to", why=RUN, select=("person", "community__agency")
)
def remove(request: Request, membership: Membership) -> HttpResponse:
    if request.method == "POST":
        membership.end(by=request.user)
        words = _("%(name)s does not belong to it any more.") % {"name": membership.person}
        messages.success(request, words)
        return redirect(membership.community)
    return page(request, "communities/memberships/remove.html", {"membership": membership})
