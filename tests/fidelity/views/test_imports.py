"""An admin hands in a file, says what its columns are, looks, and imports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from fidelity.models import Review, Upload
from fidelity.tasks import work_on_uploads
from tests.fidelity import make
from tests.fidelity.imports.test_percents import GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast):
    return f"/fidelity/programmes/{cast.northside.agency.pk}/imports/"


def hand_in(client, url, content, kind="percents"):
    content = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("scores.csv", content)
    return client.post(f"{url}new/", {"kind": kind, "file": file})


def test_from_a_file_to_reviews(as_admin, url):
    answer = hand_in(as_admin, url, GOOD)
    columns = answer["Location"]
    asked = as_admin.get(columns).context["form"]
    sent = {name: field.initial or "" for name, field in asked.fields.items()}
    assert sent == {
        "source": "family_survey",
        "person": "worker",
        "day": "date",
        "day_format": "%Y-%m-%d",
        "key": "record id",
        "name": "",
        "column-0": "",
        "column-1": "",
        "column-2": "",
        "column-3": "new",
        "column-4": "new",
    }
    wrong = as_admin.post(columns, sent)
    assert wrong.status_code == 422
    assert "Give the new instrument a name." in wrong.content.decode()

    state = as_admin.post(columns, {**sent, "name": "A licensed tool"})["Location"]
    running = as_admin.get(state).content.decode()
    assert "Being checked" in running
    assert "0 of 4 lines" in running or "0 of 5 lines" in running
    work_on_uploads()
    looked = as_admin.get(state).content.decode()
    assert "3 rows are new, 0 change what is here, 0 are as they were." in looked
    assert "64.5%" in looked
    assert not Review.objects.exists()
    as_admin.post(state)
    work_on_uploads()
    done = as_admin.get(state).content.decode()
    assert "Imported: 3 rows new, 0 changed, 0 as they were." in done

    second = as_admin.get(hand_in(as_admin, url, GOOD)["Location"]).context["form"]
    chosen = second.fields["column-3"].initial
    assert second.items[chosen].wording == "Overall"  # known again by its name


def test_columns_that_contradict_each_other_are_answered_at_the_form(as_admin, url):
    columns = hand_in(as_admin, url, GOOD)["Location"]
    good = {"source": "family_survey", "person": "worker", "day": "date", "day_format": "%Y-%m-%d"}

    twice = as_admin.post(columns, {**good, "key": "date", "column-3": "new", "name": "A"})
    none = as_admin.post(columns, good)

    assert (twice.status_code, none.status_code) == (422, 422)
    assert "one says one thing" in twice.content.decode()
    assert "Choose at least one column that is a score." in none.content.decode()


def test_a_bad_file_is_told_line_by_line(as_admin, url, cast):
    upload = make.upload(cast.admin, cast.northside.agency, b"not,\xff\n")

    answer = as_admin.get(f"/fidelity/imports/{upload.pk}/columns/")
    assert answer.status_code == 422
    assert "not written in UTF-8" in answer.content.decode()
    empty = hand_in(as_admin, url, b"")
    assert empty.status_code == 422
    assert "The file is empty." in empty.content.decode()


@override_settings(LARGEST_FILE=100)
def test_a_file_that_is_too_large_is_answered_at_its_field(as_admin, url):
    answer = hand_in(as_admin, url, b"x" * 200)

    assert answer.status_code == 422
    assert "20 is the most" in answer.content.decode()
    assert not Upload.objects.exists()


def test_codes_of_recordings_are_checked_and_imported_with_their_bad_lines_named(as_admin, url):
    header = (
        "transcript_id,utterance_id,topic,timestamp,mi_quality,interlocutor,annotator_id,"
        "therapist_input_exists,therapist_input_subtype,reflection_exists,reflection_subtype,"
        "question_exists,question_subtype,main_therapist_behaviour,client_talk_type\n"
    )
    line = "0,0,smoking,00:00:01,high,therapist,3,False,n/a,False,n/a,True,open,question,n/a\n"
    state = hand_in(as_admin, url, header + line.replace("high", "middling"), "codes")["Location"]
    work_on_uploads()
    bad = as_admin.get(state)
    assert bad.status_code == 422
    assert "found &quot;middling&quot;; allowed are high, low" in bad.content.decode()

    for new, same in ((1, 0), (0, 1)):
        state = hand_in(as_admin, url, header + line, "codes")["Location"]
        work_on_uploads()
        assert "1 codings of 1 conversations" in as_admin.get(state).content.decode()
        as_admin.post(state)
        work_on_uploads()
        words = f"Imported: {new} codings new, 0 changed, {same} as they were."
        assert words in as_admin.get(state).content.decode()


def test_what_is_left_out_is_gone(as_admin, cast):
    upload = make.upload(cast.admin, cast.northside.agency)

    as_admin.post(f"/fidelity/imports/{upload.pk}/remove/")

    assert not Upload.objects.exists()
