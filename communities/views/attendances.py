"""Who came: marked by the host, said by a member with the code, or put right later."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.codes import is_code
from communities.forms.meetings import CodeForm, CorrectionForm, MarkForm
from communities.models import Attendance, Session
from communities.models.turn import may_mark
from communities.room import mark_everyone, roll_of
from communities.views.communities import RUN
from portal import access
from portal.people.models import User
from portal.people.requests import Request
from portal.prepared import prepared
from portal.web.errors import too_many
from portal.web.page import page

HOSTING = access.record(
    Session,
    "hosted_by",
    visible="visible_to",
    why=RUN,
    select=("series__community", "cancellation"),
)


@HOSTING
def index(request: Request, session: Session) -> HttpResponse:
    """Everyone, with a tap each; what was put right is left to its own page."""
    if request.method == "POST":
        _mark(request, session)
        return redirect("communities:meetings.show", session.pk)
    context = {"session": session, "roll": roll_of(session), "may_mark": may_mark(session)}
    return page(request, "communities/attendances/index.html", context)


@access.record(
    Session,
    "joined_by",
    visible="visible_to",
    why=gettext_lazy("Only members say that they are here."),
    select=("series__community__agency", "cancellation"),
)
def new(request: Request, session: Session) -> HttpResponse:
    """A member says that they are here, with the code that the host shows."""
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="session_code", user=request.user):
            return too_many(request)
        at = timezone.now()
        if form.is_valid() and not may_mark(session, at):
            form.add_error(None, _("The code works from an hour before until a day after."))
        elif form.is_valid() and not is_code(form.cleaned_data["code"], session.pk, at):
            form.add_error("code", _("This is not the code. It changes every five minutes."))
        elif form.is_valid():
            way = Attendance.Way.CODE
            try:
                Attendance.mark(session, request.user, way=way, by=request.user, at=at)
            except ValidationError:
                form.add_error(
                    None, _("Your host has put this right. Tell them that you are here.")
                )
            else:
                messages.success(request, _("You are marked as here."))
                return redirect("communities:meetings.show", session.pk)
    context = {"form": form, "session": session}
    return page(request, "communities/attendances/new.html", context)


@HOSTING
def edit(request: Request, session: Session, person: int) -> HttpResponse:
    """Put right whether someone came. The reason stays, and so does what it was."""
    known = _known.first(session.pk, person)
    someone = known.person if known else _someone(session, person)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        came, reason = form.cleaned_data["came"], form.cleaned_data["reason"]
        Attendance.put_right(session, someone, came=came, reason=reason, by=request.user)
        messages.success(request, _("It is put right, and the reason is kept."))
        return redirect(session)
    corrections = known.corrections.select_related("by") if known else []
    context = {
        "form": form,
        "session": session,
        "someone": someone,
        "known": known,
        "corrections": list(corrections),
    }
    return page(request, "communities/attendances/edit.html", context)


def _mark(request: Request, session: Session) -> None:
    form = MarkForm(request.POST)
    if not form.is_valid():
        return
    if not may_mark(session):
        messages.error(
            request, _("Taps count until a day after the session. Now put it right with a reason.")
        )
    elif form.cleaned_data["everyone"]:
        mark_everyone(session, by=request.user)
    else:
        someone = _someone(session, form.cleaned_data["person"] or 0)
        try:
            Attendance.mark(session, someone, came=form.cleaned_data["came"], by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))


@prepared
def _known(session: int, person: int) -> QuerySet[Attendance]:
    known = Attendance.objects.filter(session=session, person=person)
    return known.select_related("person")


def _someone(session: Session, person: int) -> User:
    """A member now or at the session, or whose attendance is known."""
    belonged = session.community.memberships.current(session.starts_at)
    membership = session.community.membership_of(person)
    known = (
        (membership and membership.person)
        or User.objects.filter(pk=person, attendances__session=session).first()
        or User.objects.filter(pk=person, memberships__in=belonged).first()
    )
    if known is None:
        raise Http404
    return known
