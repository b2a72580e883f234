"""Asking another agency to join a community, and answering for one's own."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms.proposals import AnswerProposalForm, ProposalForm
from communities.models import Community, SpanProposal
from portal import access
from portal.people.requests import Request
from portal.web.errors import too_many
from portal.web.page import page

ADMINS = gettext_lazy("Only the admins of its agency ask other agencies to join.")
PAST = 20


@access.record(
    Community, "administered_by", visible="visible_to", why=ADMINS, select=("agency", "closure")
)
def new(request: Request, community: Community) -> HttpResponse:
    """Which agencies belong to it, who was asked, and asking one more."""
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="invite", user=request.user):
            return too_many(request)
        try:
            SpanProposal.make(community, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            # The same words whether or not there is such a person.
            words = _("If an admin of another agency signs in as %(email)s, they find it there.")
            messages.success(request, words % {"email": form.cleaned_data["email"]})
            return redirect("communities:proposals.new", community.pk)
    context = {
        "community": community,
        "form": form,
        "spans": community.spans.select_related("agency").order_by("agency__name"),
        "proposals": community.proposals.exclude(outcome="accepted")[:PAST],
    }
    return page(request, "communities/proposals/new.html", context)


@access.record(SpanProposal, "put_to", "proposal", select=("community__agency", "by"))
def edit(request: Request, proposal: SpanProposal) -> HttpResponse:
    """The other agency's admin says yes or no."""
    form = AnswerProposalForm(request.POST or None, proposal=proposal, person=request.user)
    if form.data.get("accepts") == "no":
        proposal.decline(by=request.user)
        messages.success(request, _("They are told that your agency does not join."))
        return redirect("communities:spans.index")
    if form.is_valid():
        proposal.accept(form.cleaned_data["agency"], by=request.user)
        words = _("Your people may join %(name)s now, if they are invited or ask.")
        messages.success(request, words % {"name": proposal.community})
        return redirect("communities:spans.index")
    context = {"proposal": proposal, "community": proposal.community, "form": form}
    return page(request, "communities/proposals/edit.html", context)


@access.record(SpanProposal, "administered_by", "proposal", select=("community__agency",))
def remove(request: Request, proposal: SpanProposal) -> HttpResponse:
    """Take it back."""
    if request.method == "POST":
        proposal.withdraw(by=request.user)
        messages.success(request, _("It is taken back."))
        return redirect("communities:proposals.new", proposal.community_id)
    return page(request, "communities/proposals/remove.html", {"proposal": proposal})
