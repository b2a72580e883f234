"""Going back to an earlier version."""

from django.urls import reverse

from reflections.models import Version
from tests.reflections import make


def test_the_author_brings_a_version_back_and_finds_the_other_among_them(as_facilitator, cast):
    entry = make.kept(cast.facilitator, "As it was")
    entry.save_draft(make.answers("As it is"), version=entry.version)
    url = reverse("reflections:returns.new", args=[Version.objects.get().pk])

    answer = as_facilitator.post(url, follow=True)

    entry.refresh_from_db()
    assert entry.first_words == "As it was"
    assert "As it is" in answer.content.decode()
