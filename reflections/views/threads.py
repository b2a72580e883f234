"""Who reads what a reader and the author wrote to each other."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import access
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page
from reflections.models import Reflection, Share, ThreadShare
from reflections.readers import Audience, readers_of


@access.record(
    Reflection,
    "by",
    key="key",
    visible="visible_to",
    why=gettext_lazy("Only the author decides who reads an answer."),
)
def edit(request: Request, reflection: Reflection, reader: int) -> HttpResponse:
    """A button for each other reader of the entry: to let them read the thread, or no more."""
    answering = User.objects.filter(
        pk__in=reflection.responses.filter(reader=reader).values("reader")
    )
    other = answering.first()
    if other is None:
        raise Http404
    audiences = [each for each in readers_of(reflection) if each.value != f"user-{reader}"]
    shown = {
        each.share_id: each for each in ThreadShare.objects.of(reflection).filter(reader=other)
    }
    problem = ""
    if request.method == "POST":
        chosen = next((a for a in audiences if a.value == request.POST.get("with")), None)
        problem = _change(request, reflection, other, chosen, shown)
        if not problem:
            return redirect("reflections:threads.edit", reflection.key, reader)
    context = {
        "reflection": reflection,
        "reader": other,
        "choices": [(each, each.share and each.share.pk in shown) for each in audiences],
        "problem": problem,
    }
    return page(request, "reflections/threads/edit.html", context, status=422 if problem else None)


def _change(
    request: Request,
    reflection: Reflection,
    reader: User,
    chosen: Audience | None,
    shown: dict[int, ThreadShare],
) -> str:
    """Do what the button says; words about what is wrong, or ""."""
    if chosen is None or chosen.share is None:
        return _("Choose one of the readers listed here.")
    words = {"readers": chosen.words, "name": reader}
    standing = shown.get(chosen.share.pk)
    if "take_back" in request.POST:
        if standing:
            standing.withdraw(by=request.user)
        messages.success(request, _("Taken back from %(readers)s.") % words)
        return ""
    share = Share.objects.by(request.user).filter(pk=chosen.share.pk).first()
    if share is None:  # taken back between the page and the button
        return _("Choose one of the readers listed here.")
    try:
        ThreadShare.objects.show(reflection, reader, share, by=request.user)
    except ValidationError as error:
        return str(error.messages[0])
    messages.success(request, _("Open to %(readers)s. %(name)s is told.") % words)
    return ""
