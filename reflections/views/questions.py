"""What an author asks the readers of an entry."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import access
from portal.people.requests import Request
from portal.web.page import page
from reflections.forms import QuestionForm
from reflections.models import Question, Reflection
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
        messages.info(request, _("Keep the reflection first. A draft stays with you."))
        return redirect("reflections:reflections.edit", reflection.key)
    asked = getattr(reflection, "question", None)
    form = QuestionForm(request.POST or None, initial={"text": asked.text if asked else ""})
    readers = readers_of(reflection)
    if form.is_valid():
        Question.objects.ask(reflection, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Saved."))
        # On the way to share it, or back where its readers see it.
        return (
            redirect(reflection) if readers else redirect("reflections:shares.new", reflection.key)
        )
    context = {"reflection": reflection, "form": form, "readers": readers}
    return page(request, "reflections/questions/edit.html", context)
