"""Builders for the practice exchange, resources and celebrations."""

from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from communities.models import Celebration, Community, Post, Reply, Resource
from portal.people.models import User

numbers = count(1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def post(community: Community, by: User, **words: Any) -> Post:
    words.setdefault("kind", "worked")
    words.setdefault("title", f"Asking first, {next(numbers)}")
    words.setdefault("happened", "I asked what they had tried, and they went on by themselves.")
    return Post.publish(community=community, by=by, **words)


def reply(post: Post, by: User, **words: Any) -> Reply:
    words.setdefault("text", f"Here it went slower, {next(numbers)}.")
    return Reply.post_to(post, by=by, **words)


def link(community: Community, by: User, **about: Any) -> Resource:
    about.setdefault("title", f"Guide {next(numbers)}")
    about.setdefault("link", "https://example.org/guide")
    return Resource.share(community=community, by=by, **about)


def file(community: Community, by: User, content: bytes = PDF, **about: Any) -> Resource:
    about.setdefault("title", f"Form {next(numbers)}")
    about.setdefault("file_name", "form.pdf")
    about.setdefault("content_type", "application/pdf")
    upload = SimpleUploadedFile(about["file_name"], content)
    return Resource.share(community=community, by=by, file=upload, size=len(content), **about)


def celebration(community: Community, person: User, by: User, **words: Any) -> Celebration:
    words.setdefault("kind", "learned")
    words.setdefault("text", f"You waited, and she spoke. {next(numbers)}")
    return Celebration.offer(person, community=community, by=by, **words)


def archive(*names: str, mimetype: str = "") -> bytes:
    """A ZIP with these entries; `mimetype` comes first, as in OpenDocument."""
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        if mimetype:
            zipped.writestr("mimetype", mimetype)
        for name in names:
            zipped.writestr(name, "<x/>")
    return made.getvalue()
