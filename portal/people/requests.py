"""A request, as a view behind an access rule sees it."""

from django.http import HttpRequest

from portal.people.models import User


class Request(HttpRequest):
    """The person is signed in: every rule but `access.public` has seen to that. For type hints."""

    user: User
