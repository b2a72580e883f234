"""Files and links: checked by content, kept apart, handed out to those who may see them."""

import uuid

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.models import Resource
from tests.communities import make, make_exchange
from tests.communities.make_exchange import PDF, PNG, archive


@pytest.fixture
def circle(cast):
    return make.circle(cast)


@pytest.fixture
def url(circle):
    return reverse("communities:resources.new", args=[circle.pk])


def sent(content=None, name="guide.pdf", **words):
    given = {"title": "A guide", "description": "Good for first visits.", "key": uuid.uuid4()}
    if content is not None:
        given["file"] = SimpleUploadedFile(name, content, content_type="image/png")
    return given | words


def test_a_file_is_shared_and_downloaded_as_what_it_is(as_facilitator, as_coach, url):
    answer = as_facilitator.post(url, sent(PDF, "Guide for visits.pdf"))

    resource = Resource.objects.get()
    assert answer.status_code == 302
    assert (resource.content_type, resource.size) == ("application/pdf", len(PDF))
    download = as_coach.get(reverse("communities:files.show", args=[resource.pk]))
    assert b"".join(download.streaming_content) == PDF
    assert download["Content-Disposition"] == 'attachment; filename="Guide_for_visits.pdf"'
    assert download["Content-Type"] == "application/pdf"
    assert download["X-Content-Type-Options"] == "nosniff"
    assert download["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in download["Cache-Control"]


def test_it_lies_under_a_name_that_says_nothing_and_is_served_nowhere(as_facilitator, url, client):
    as_facilitator.post(url, sent(PDF))

    name = Resource.objects.get().file.name
    assert "guide" not in name
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.STATIC_ROOT))
    for path in (f"/{name}", f"/static/{name}", f"/files/{name}", f"/media/{name}"):
        assert as_facilitator.get(path).status_code == 404


@pytest.mark.parametrize("who", ["peer_partner", "supervisor"])
def test_who_does_not_belong_cannot_download(as_person, circle, cast, who):
    made = make_exchange.file(circle, cast.facilitator)

    answer = as_person(getattr(cast, who)).get(reverse("communities:files.show", args=[made.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "guide.pdf"),
        (b"MZ\x90\x00" + b"\x00" * 60, "guide.pdf"),
        (b"<html><script>alert(1)</script>", "guide.txt"),
        (archive("evil.exe"), "guide.docx"),
        (PDF, "guide"),
        (b"", "guide.pdf"),
    ],
    ids=["picture", "program", "page", "archive", "no ending", "empty"],
)
def test_a_mislabelled_file_is_answered_at_its_field(as_facilitator, url, content, name):
    answer = as_facilitator.post(url, sent(content, name))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert "Good for first visits." in answer.content.decode()
    assert not Resource.objects.exists()


def test_a_file_that_is_too_large_is_answered_at_its_field(as_facilitator, url, settings):
    settings.LARGEST_FILE = 100_000

    answer = as_facilitator.post(url, sent(PDF + b"x" * 300_000))

    assert answer.status_code == 422
    said = str(answer.context["form"].errors["file"])
    assert "293.0" in said.replace("\xa0", " ")
    assert "Good for first visits." in answer.content.decode()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_body_beyond_measure_is_not_read(as_facilitator, url, settings):
    settings.LARGEST_BODY = 1000

    answer = as_facilitator.post(url, sent(PDF * 100))

    assert answer.status_code == 413
    assert not Resource.objects.exists()


def test_a_file_has_to_be_chosen_again_when_something_else_is_wrong(as_facilitator, url):
    answer = as_facilitator.post(url, sent(PDF, title=""))

    assert set(answer.context["form"].errors) == {"title", "file"}


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://example.org/x", "data:text/html,x", "x"]
)
def test_a_link_leads_to_the_web(as_facilitator, url, link):
    answer = as_facilitator.post(url, sent(link=link))

    assert list(answer.context["form"].errors) == ["link"]


def test_a_link_is_opened_without_telling_where_one_comes_from(as_facilitator, circle, url):
    as_facilitator.post(url, sent(link="example.org/guide"))

    page = as_facilitator.get(reverse("communities:resources.index", args=[circle.pk]))
    assert 'href="https://example.org/guide" rel="noopener noreferrer"' in page.content.decode()


@pytest.mark.parametrize("given", [{}, {"content": PDF, "link": "https://example.org"}])
def test_one_of_the_two(as_facilitator, url, given):
    answer = as_facilitator.post(url, sent(**given))

    assert list(answer.context["form"].errors) == ["file"]


def test_pressing_twice_keeps_one_file(as_facilitator, url, settings):
    key = uuid.uuid4()
    for _ in range(2):
        as_facilitator.post(url, sent(PDF, key=key))

    assert Resource.objects.count() == 1
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


def test_words_are_changed_and_the_file_stays(as_facilitator, circle, cast):
    made = make_exchange.file(circle, cast.facilitator)

    as_facilitator.post(
        reverse("communities:resources.edit", args=[made.pk]), {"title": "A better title"}
    )

    now = Resource.objects.get()
    assert (now.title, now.file.name) == ("A better title", made.file.name)


def test_what_is_removed_is_not_downloaded_and_comes_back(as_facilitator, as_coach, circle, cast):
    made = make_exchange.file(circle, cast.facilitator)
    file = reverse("communities:files.show", args=[made.pk])
    remove = reverse("communities:resources.remove", args=[made.pk])

    as_facilitator.post(remove)
    assert as_coach.get(file).status_code == 404
    as_facilitator.post(remove, {"put_back": "1"})

    assert b"".join(as_coach.get(file)) == PDF


def test_a_file_that_is_lost_is_404(as_coach, circle, cast):
    made = make_exchange.file(circle, cast.facilitator)
    made.file.storage.delete(made.file.name)

    assert as_coach.get(reverse("communities:files.show", args=[made.pk])).status_code == 404


def test_resources_are_searched(as_coach, circle, cast):
    make_exchange.link(circle, cast.facilitator, title="Crisis plan")
    make_exchange.link(circle, cast.facilitator, title="Genogram")

    index = reverse("communities:resources.index", args=[circle.pk])
    answer = as_coach.get(index, {"q": "plans"})

    assert [row.title for row in answer.context["found"].rows] == ["Crisis plan"]


def test_a_list_costs_the_same_with_more_in_it(as_coach, circle, cast, queries_of):
    index = reverse("communities:resources.index", args=[circle.pk])
    make_exchange.file(circle, cast.facilitator)
    one = queries_of(as_coach, index)
    for _ in range(3):
        make_exchange.link(circle, cast.coach)

    assert queries_of(as_coach, index) == one <= 15
