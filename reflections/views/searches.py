"""Looking for what I wrote: by words, by what it is about, by session and by time."""

from django.http import HttpResponse

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.looking import Looking
from reflections.models import Reflection
from reflections.models.reflection import ReflectionQuerySet
from reflections.search_form import LookingForm


@access.collection(Reflection, "by", "reflections")
def index(request: Request, reflections: ReflectionQuerySet) -> HttpResponse:
    """`?q=words&skill=3&session=7&from=2026-01-01&to=2026-01-31&page=2`, any of them."""
    finder = Looking(request.GET, reflections)
    context = {"finder": finder, "find": LookingForm(finder), "found": finder.look()}
    return page(request, "reflections/searches/index.html", context)
