"""An entry, the commitment that it ended in, what came of it, and so on."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.models import Reflection
from reflections.story import story_of


@access.record(
    Reflection,
    "by",
    key="key",
    visible="visible_to",
    why=gettext_lazy("Only the author reads what led to a reflection and what came of it."),
)
def show(request: Request, reflection: Reflection) -> HttpResponse:
    context = {"reflection": reflection, "steps": story_of(reflection, request.user)}
    return page(request, "reflections/stories/show.html", context)
