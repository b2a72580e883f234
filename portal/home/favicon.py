"""/favicon.ico, which browsers ask for beside what is no page: a feed, a schema, a download."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from portal import access


@access.public
def show(request: HttpRequest) -> HttpResponse:
    """To the picture that pages name themselves; for a day, since its name changes with it."""
    answer = redirect(static("favicon.svg"))
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
