"""/healthz: this process answers. Nothing behind it is asked, so a restart is the right cure."""

from django.http import HttpRequest, HttpResponse

from portal import access


@access.public
def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")
