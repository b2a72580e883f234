"""My notices: what I was told."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse

from portal import access
from portal.notices import mail
from portal.notices.kinds import kinds, subject_of
from portal.notices.models import Notice
from portal.notices.models.notice import NoticeQuerySet
from portal.notices.reading import lines
from portal.people.requests import Request
from portal.web.page import page

A_PAGE = 20


@access.collection(Notice, "visible_to", "notices")
def index(request: Request, notices: NoticeQuerySet) -> HttpResponse:
    """Unread first, then the latest."""
    ordered = notices.order_by(F("read_at").desc(nulls_first=True), "-due_at", "-pk")
    pages = Paginator(ordered, A_PAGE)
    this = pages.get_page(request.GET.get("page"))
    context = {
        "page": this,
        "lines": lines(request.user, this.object_list),
        "has_unread": notices.unread().exists(),
    }
    return page(request, "notices/notices/index.html", context)


@access.record(Notice, "visible_to", select=("recipient",)).writing_on_get()
def show(request: Request, notice: Notice) -> HttpResponse:
    """To open a notice is to have read it."""
    notice.read()
    kind = kinds.get(notice.kind)
    subject = subject_of(notice)
    context: dict[str, Any] = {"notice": notice, "kind": kind}
    if kind and subject is not None:
        # Also of what no longer holds: why they were told.
        context["why"] = kind.why(notice, subject)
    if kind and subject is not None and kind.still_holds(notice, subject):
        context |= {
            "words": mail.words(kind, notice, subject),
            # Where the reader is now, whatever name they reached the portal by.
            "url": kind.url(notice, subject).removeprefix(settings.PUBLIC_URL),
        }
    return page(request, "notices/notices/show.html", context)
