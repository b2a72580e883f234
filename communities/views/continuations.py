"""This session and those that follow it, in another rhythm: a series that continues another."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forms.series import SeriesForm
from communities.models import Series, Session, continue_from, rest_of
from communities.scopes import CHANGES, scopes_of
from communities.views.communities import RUN
from communities.views.series import PREVIEW, is_sent
from portal import access
from portal.people.requests import Request
from portal.web.page import page


@access.record(
    Session,
    "hosted_by",
    visible="visible_to",
    why=RUN,
    select=("series__community__agency", "series__ending", "series__host"),
)
def new(request: Request, session: Session) -> HttpResponse:
    series = session.series
    rest = Series(community=series.community, follows=series, **rest_of(session))
    form = SeriesForm(
        request.POST or None, community=series.community, series=rest, planner=request.user
    )
    if is_sent(request) and form.is_valid():
        try:
            following = continue_from(session, by=request.user, **form.of_series())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("This session and those that follow it are changed."))
            return redirect(following)
    context = {
        "form": form,
        "session": session,
        "asked": form.is_bound,
        "scopes": scopes_of(session, CHANGES, "following"),
    }
    return page(request, "communities/continuations/new.html", context, fragment=PREVIEW)
