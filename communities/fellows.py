"""Another member, as those who see the community see them there."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from communities.models import Community
from portal.access import Rule
from portal.access.rules import ask_to_sign_in
from portal.people.models import User


def _fellow(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    if answer := ask_to_sign_in(request):
        return answer
    visible = Community.objects.visible_to(cast(User, request.user))
    community = visible.select_related("closure").filter(pk=kwargs.pop("pk")).first()
    if community is None:
        raise Http404
    membership = community.membership_of(kwargs.pop("person"))
    if membership is None:
        raise Http404
    kwargs |= {"community": community, "membership": membership}
    return None


# A member of a community that one sees: `community` and `membership`, its person's name loaded.
fellow = Rule("Community.visible_to, its members", _fellow)
