"""A blank page: which prompts it asks."""

from collections import defaultdict

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from portal.people.models import User
from portal.people.once import once
from portal.people.requests import Request
from portal.prepared import prepared
from reflections.models import Prompt, PromptSet, Reflection


def sets_for(person: User) -> list[PromptSet]:
    """What the person may begin with now: read once a request."""
    return once(person, "prompt sets", lambda: _offered_to(person))


@prepared
def _offered_to(person: User) -> QuerySet[PromptSet]:
    return PromptSet.objects.offered_to(person)


@prepared
def _prompts_of(sets: list[int]) -> QuerySet[Prompt]:
    return Prompt.objects.filter(set__in=sets)


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


def prompts_on(reflection: Reflection, sent: str | None) -> int:
    """The id of the set that a page asks: the entry's own, or, of a page that was open when the
    draft was given other prompts, the one that it was `sent` with. Asks only about the latter."""
    own = reflection.prompt_set_id
    if not sent or sent == str(own) or not sent.isdecimal() or len(sent) > 18:
        return own
    seen = PromptSet.objects.ever_offered_to(reflection.author).filter(pk=sent)
    return int(sent) if seen.exists() else own


def choices_for(person: User) -> list[tuple[PromptSet, list[Prompt]]]:
    """What the person may begin with now, each with its prompts. Two queries."""
    sets = sets_for(person)
    asked: dict[int, list[Prompt]] = defaultdict(list)
    for prompt in _prompts_of([each.pk for each in sets]):
        asked[prompt.set_id].append(prompt)
    return [(each, asked[each.pk]) for each in sets]
