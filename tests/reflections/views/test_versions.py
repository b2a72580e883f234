"""Earlier versions to read, for the author alone."""

from django.urls import reverse

from reflections.models import Reflection, Version
from tests.reflections import make


def changed(entry: Reflection, *texts: str) -> Reflection:
    """The entry after it was given other texts, one after another."""
    for text in texts:
        entry.save_draft(make.answers(text), version=entry.version)
    return entry


def test_the_author_finds_what_an_entry_said_before(as_facilitator, cast):
    entry = changed(make.kept(cast.facilitator, "As it was"), "As it is")
    page = as_facilitator.get(entry.get_absolute_url()).content.decode()
    versions = reverse("reflections:versions.index", args=[entry.key])
    assert versions in page

    listed = as_facilitator.get(versions).content.decode()
    [version] = Version.objects.all()
    shown = reverse("reflections:versions.show", args=[version.pk])
    assert (shown in listed, "As it was" in listed) == (True, True)
    assert "As it was" in as_facilitator.get(shown).content.decode()


def test_an_entry_that_never_changed_leads_nowhere(as_facilitator, cast):
    entry = make.kept(cast.facilitator)

    page = as_facilitator.get(entry.get_absolute_url()).content.decode()

    assert reverse("reflections:versions.index", args=[entry.key]) not in page


def test_a_reader_sees_no_way_there(as_supervisor, cast):
    entry = changed(make.shared_with_supervisor(cast), "As it is")

    page = as_supervisor.get(entry.get_absolute_url()).content.decode()

    assert "versions" not in page


def test_a_list_of_thirty_asks_what_a_list_of_one_asks(as_facilitator, cast):
    one = changed(make.draft(cast.facilitator), "1")
    many = changed(make.draft(cast.facilitator), *map(str, range(30)))
    short, long = (reverse("reflections:versions.index", args=[each.key]) for each in (one, many))

    assert make.queries(as_facilitator, long) == make.queries(as_facilitator, short)
