"""To have read all one's notices."""

from django.http import HttpResponse
from django.shortcuts import redirect

from portal import access
from portal.notices.models import Notice
from portal.notices.models.notice import NoticeQuerySet
from portal.people.requests import Request
from portal.web.page import page


@access.collection(Notice, "visible_to", "notices")
def new(request: Request, notices: NoticeQuerySet) -> HttpResponse:
    if request.method == "POST":
        notices.read_all()
        return redirect("notices:notices.index")
    return page(request, "notices/readings/new.html", {"count": notices.unread().count()})
