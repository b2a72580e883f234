"""Earlier versions of an entry, for its author alone."""

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.keeping import keeping_of
from reflections.models import Reflection, Version

A_PAGE = 30  # versions


@access.record(
    Reflection,
    "by",
    key="key",
    visible="visible_to",
    why=gettext_lazy("Only the author reads earlier versions of a reflection."),
)
def index(request: Request, reflection: Reflection) -> HttpResponse:
    found = Version.objects.of(reflection)
    versions: Page[Version] = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "reflection": reflection,
        "versions": versions,
        "keeping": keeping_of(request.user, reflection),
    }
    return page(request, "reflections/versions/index.html", context)


@access.record(Version, "by", select=("reflection",))
def show(request: Request, version: Version) -> HttpResponse:
    context = {"version": version, "reflection": version.reflection}
    return page(request, "reflections/versions/show.html", context)
