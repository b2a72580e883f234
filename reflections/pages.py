"""A blank page: which prompts it asks."""

from django.http import Http404
from django.utils.translation import gettext as _

from portal.people.models import User
from portal.people.once import once
from portal.people.requests import Request
from reflections.models import PromptSet, Reflection


def sets_for(person: User) -> list[PromptSet]:
    """What the person may begin with now: read once a request."""
    return once(person, "prompt sets", lambda: list(PromptSet.objects.offered_to(person)))


def blank_page(request: Request, reflection: Reflection) -> str:
    """Give a page that nothing is written on its prompts; words about what is wrong, or "".

    A page keeps the prompts it was opened with, though they were withdrawn meanwhile.
    """
    if reflection.pk is not None:
        return ""
    chosen = request.POST.get("prompts") or request.GET.get("prompts")
    if not chosen:
        # Whoever has none on offer still writes: with the last that they had.
        found = next(iter(sets_for(request.user)), None)
        found = found or PromptSet.objects.ever_offered_to(request.user).first()
    elif chosen.isdecimal() and len(chosen) < 19:
        offered = PromptSet.objects.ever_offered_to(request.user).filter(pk=chosen)
        if request.method != "POST":
            offered = offered.current()
        found = offered.first()
    else:
        found = None
    if found is None and not chosen:
        raise Http404
    if found is None:
        return _("These prompts are not offered any more. Here is a page with yours.")
    reflection.prompt_set = found
    return ""
