"""A blank page as a device keeps it."""

from django.urls import reverse

from reflections.models import Reflection
from reflections.views.blanks import NOBODYS
from tests.reflections import make


def test_it_asks_what_a_new_page_asks_and_begins_nothing(as_facilitator, cast):
    make.draft(cast.facilitator)

    kept = as_facilitator.get(reverse("reflections:blanks.show")).content.decode()

    for prompt in make.three_questions().prompts.all():
        assert prompt.question in kept
    assert make.SECRET not in kept
    assert "/reflections/00000000-0000-0000-0000-000000000000/draft/" in kept
    assert Reflection.objects.count() == 1


def test_nobody_writes_under_the_address_that_it_has(as_facilitator):
    url = reverse("reflections:drafts.edit", args=[NOBODYS])

    assert as_facilitator.post(url, make.page(None, "A")).status_code == 404
    assert not Reflection.objects.exists()
