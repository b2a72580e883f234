"""A community's agreement, its versions, and who accepted which."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect

from communities.differences import differences
from communities.forms.agreements import AgreementForm
from communities.models import Agreement, Community
from communities.views.communities import RUN
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(Community, "visible_to", select=("agency", "closure"))
def index(request: Request, community: Community) -> HttpResponse:
    """The version in force; for those who run it, which version each member accepted last."""
    versions = list(community.agreements.select_related("by"))
    runs = community.is_hosted_by(request.user)
    last = versions[0] if versions else None
    mine = last and last.acceptances.filter(person=request.user).first()
    context = {
        "community": community,
        "runs": runs,
        "agreement": last,
        "versions": versions,
        "accepted": mine,
        "may_accept": last and not mine and community.is_joined_by(request.user),
        "roll": Agreement.accepted_by_member(community) if runs and last else [],
    }
    return page(request, "communities/agreements/index.html", context)


@access.record(Community, "hosted_by", visible="visible_to", why=RUN, select=("agency", "closure"))
def new(request: Request, community: Community) -> HttpResponse:
    """Write the next version; it begins with the words of the last."""
    last = community.agreements.first()
    form = AgreementForm(request.POST or None, last=last)
    if form.is_valid():
        try:
            Agreement.write(community, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("communities:agreements.index", community.pk)
    meanwhile = None
    if form.non_field_errors():
        # Somebody was quicker. Their words stand beside the writer's, who saves theirs knowing.
        meanwhile = community.agreements.first()
        form.data = request.POST.copy()
        form.data["after"] = str(meanwhile.number if meanwhile else 0)
    context = {"form": form, "community": community, "last": last, "meanwhile": meanwhile}
    return page(request, "communities/agreements/new.html", context)


@access.record(Agreement, "visible_to", select=("community__agency", "by"))
def show(request: Request, agreement: Agreement) -> HttpResponse:
    """One version, and what it changed."""
    before = agreement.earlier()
    context = {
        "agreement": agreement,
        "community": agreement.community,
        "before": before,
        "parts": differences(before.text, agreement.text) if before else [],
        "in_force": agreement.is_in_force,
    }
    return page(request, "communities/agreements/show.html", context)
