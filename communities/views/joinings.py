"""One invitation, or one request: how it stands, its answer, taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.joinings import AnswerForm
from communities.models import Joining
from portal import access
from portal.people.requests import Request
from portal.web.page import page

WHO = ("community__agency", "community__closure", "person", "by")


@access.record(Joining, "visible_to", select=WHO)
def show(request: Request, joining: Joining) -> HttpResponse:
    """Whoever was asked answers here; whoever asked sees how it stands."""
    waits_for_me = Joining.objects.waiting_for(request.user).filter(pk=joining.pk).exists()
    if request.method == "POST" and not waits_for_me:
        if joining.is_open:
            raise PermissionDenied(_("The answer is somebody else's to give."))
        return redirect(joining)  # a second press of the button, or a colleague was quicker
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _answer(request, joining, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {
        "joining": joining,
        "community": joining.community,
        "mine": joining.person_id == request.user.pk,
        "form": form if waits_for_me else None,
        "may_take_back": Joining.objects.begun_by(request.user).filter(pk=joining.pk).exists(),
    }
    return page(request, "communities/joinings/show.html", context)


@access.record(Joining, "begun_by", visible="visible_to", why=_("There is nothing to take back."))
def remove(request: Request, joining: Joining) -> HttpResponse:
    """Take an invitation or a request back."""
    if request.method == "POST":
        joining.withdraw(by=request.user)
        messages.success(request, _("It is taken back."))
        if joining.is_invitation:
            return redirect(joining.community)
        return redirect("communities:directory.index")
    context = {"joining": joining, "mine": joining.person_id == request.user.pk}
    return page(request, "communities/joinings/remove.html", context)


def _answer(request: Request, joining: Joining, form: AnswerForm) -> HttpResponse:
    words = form.cleaned_data["answer"]
    if form.cleaned_data["accepts"]:
        joining.accept(by=request.user, answer=words)
        messages.success(
            request,
            _("You belong to it now.")
            if joining.is_invitation
            else _("%(name)s belongs to it now.") % {"name": joining.person},
        )
        return redirect(joining.community)
    joining.decline(by=request.user, answer=words)
    messages.success(request, _("They are told, with your words."))
    if joining.is_invitation:
        return redirect("communities:communities.index")
    return redirect(joining.community)
