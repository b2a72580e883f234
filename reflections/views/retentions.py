"""How long an agency keeps reflections, and whose journals are under a legal hold: set by admins,
who read nothing of any."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.people.requests import Request
from portal.web.page import page
from reflections.keeping_forms import RetentionForm
from reflections.models import Hold, Retention


@administers
def edit(request: Request, agency: Agency) -> HttpResponse:
    standing = Retention.objects.current().filter(agency=agency).first()
    form = RetentionForm(
        request.POST or None, initial={"years": standing.years if standing else None}
    )
    if form.is_valid():
        Retention.objects.decide(agency, form.cleaned_data["years"], by=request.user)
        messages.success(request, _("Saved. Authors see it in their journals."))
        return redirect("reflections:retentions.edit", agency.pk)
    holds = Hold.objects.filter(agency=agency).select_related("person", "by", "agency")
    context = {
        "agency": agency,
        "form": form,
        "holds": holds.not_over().order_by("person__name", "pk"),
        "ended": holds.filter(until__lte=timezone.now()).order_by("-until", "-pk")[:100],
    }
    return page(request, "reflections/retentions/edit.html", context)
