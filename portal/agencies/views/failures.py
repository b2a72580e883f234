"""Mail to an agency's people that did not go: what its admins can see, and send again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.agencies.access import administers
from portal.agencies.models import Agency
from portal.audit.events import record
from portal.notices.kinds import Category, kinds
from portal.notices.models import Delivery
from portal.people.requests import Request
from portal.web.page import page

A_PAGE = 50


def _title(delivery: Delivery) -> str:
    """What it was about. Not of journals: that someone writes, or is answered, is theirs."""
    kind = kinds.get(delivery.notice.kind)
    if kind is None:
        return delivery.notice.kind
    return _("A notice") if kind.category == Category.REFLECTIONS else str(kind.title)


@administers
def index(request: Request, agency: Agency) -> HttpResponse:
    """The latest first: to whom, of which kind and why not; never what it said."""
    failed = Delivery.objects.failed_for(agency.people()).order_by("-settled_at", "-pk")
    this = Paginator(failed, A_PAGE).get_page(request.GET.get("page"))
    rows = [(delivery, _title(delivery)) for delivery in this]
    context = {"agency": agency, "page": this, "rows": rows}
    return page(request, "agencies/failures/index.html", context)


@administers
def edit(request: Request, agency: Agency, delivery: int) -> HttpResponse:
    """Send one again, at once if it is still of use."""
    found = Delivery.objects.failed_for(agency.people()).filter(pk=delivery).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        if found.retry():
            record("mail.sent_again", on=found, by=request.user, agency=agency)
            messages.success(request, _("It is on its way again, if it is still of use."))
        return redirect("agencies:failures.index", agency.pk)
    context = {"agency": agency, "delivery": found, "title": _title(found)}
    return page(request, "agencies/failures/edit.html", context)
