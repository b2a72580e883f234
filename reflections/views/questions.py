"""What an author asks the readers of an entry."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.checking import Passage, asked_with, passages_in
from reflections.forms import QuestionForm
from reflections.models import Question, Reflection
from reflections.models.sharing import KEEP_FIRST
from reflections.readers import readers_of


@access.record(
    Reflection,
    "by",
    key="key",
    visible="visible_to",
    why=gettext_lazy("Only the author asks something with a reflection."),
    select=("question",),
)
def edit(request: Request, reflection: Reflection) -> HttpResponse:
    if not reflection.is_kept:
        messages.info(request, KEEP_FIRST)
        return redirect("reflections:reflections.edit", reflection.key)
    form = QuestionForm(asked_with(reflection), request.POST or None)
    readers = readers_of(reflection)
    found: list[Passage] = []
    if form.is_valid():
        text = form.cleaned_data["text"]
        if readers and "as_it_is" not in request.POST:  # they would read it at once
            found = passages_in([text], request.user)
        if not found:
            Question.objects.ask(reflection, text, by=request.user)
            messages.success(request, _("Saved."))
            # On the way to share it, or back where its readers see it.
            return redirect(reflection if readers else _choosing_readers(reflection))
        if "replace" in request.POST:
            form.replace(request.user)
            found = []
    context = {"reflection": reflection, "form": form, "readers": readers, "found": found}
    status = 422 if found else None
    return page(request, "reflections/questions/edit.html", context, status=status)


def _choosing_readers(reflection: Reflection) -> str:
    return reverse("reflections:shares.new", args=[reflection.key])
