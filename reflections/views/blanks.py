"""A blank page as a device keeps it, to be opened without a network (static/js/worker)."""

import uuid

from django.http import HttpResponse

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.forms import WritingForm
from reflections.models import Reflection
from reflections.pages import blank_page

NOBODYS = uuid.UUID(int=0)  # stands where the device puts an address of its own making


@access.signed_in
def show(request: Request) -> HttpResponse:
    blank = Reflection(key=NOBODYS, author=request.user)
    blank_page(request, blank)  # with the first prompts that are offered
    context = {
        "reflection": blank,
        "form": WritingForm(blank),
        "others": [],
        "readers": [],
        "on_device": True,
    }
    return page(request, "reflections/reflections/edit.html", context)
