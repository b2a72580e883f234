"""Answers: what waits for mine, and giving one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal import access
from portal.people.models import User
from portal.people.requests import Request
from portal.web.page import page
from reflections.forms import ResponseForm
from reflections.models import Reflection
from reflections.models.reflection import ReflectionQuerySet
from reflections.models.sharing import ONLY_COACHES

A_PAGE = 30  # entries


@access.collection(Reflection, "awaiting_answer", "reflections")
def index(request: Request, reflections: ReflectionQuerySet) -> HttpResponse:
    waiting = reflections.select_related("author", "principle", "phase", "skill")
    entries = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    return page(request, "reflections/responses/index.html", {"entries": entries})


@access.record(
    Reflection,
    "answerable_by",
    key="key",
    visible="visible_to",
    why=ONLY_COACHES,
    select=("author", "prompt_set"),
)
def new(request: Request, reflection: Reflection) -> HttpResponse:
    form = ResponseForm(request.POST or None, initial={"reader": request.GET.get("with")})
    if form.is_valid():
        reader = User.objects.filter(pk=form.cleaned_data["reader"] or 0).first()
        try:
            response = reflection.respond(
                by=request.user,
                text=form.cleaned_data["text"],
                reader=reader if reflection.author_id == request.user.pk else None,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your answer is on its way."))
            return redirect(response)
    context = {"reflection": reflection, "form": form}
    return page(request, "reflections/responses/new.html", context)
