"""A file's type by its content."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.content_types import ENDINGS, type_of
from tests.communities.make_exchange import PDF, PNG, archive

WORD = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "jpg"),
        (b"GIF89a\x01\x00\x01\x00", "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (WORD, "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        ("What worked: waiting.\r\n– Amara".encode(), "txt"),
        (b"\xef\xbb\xbfname,when\n", "txt"),
        (("x" + "é" * 40_000).encode(), "txt"),
    ],
    # Named: an archive's bytes hold the time, and each worker would collect other tests.
    ids=[
        "pdf",
        "png",
        "jpg",
        "gif",
        "webp",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "words",
        "table",
        "long",
    ],
)
def test_what_is_taken(content, ending):
    found = type_of(BytesIO(content))

    assert found is not None
    assert found.endings[0] == ending


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00" + b"\x00" * 60,
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\n  <svg xmlns='http://www.w3.org/2000/svg'/>",
        archive("notes.txt"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"),
        archive("x", mimetype="application/epub+zip"),
        b"PK\x03\x04 and then nothing of an archive",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 60,
        "Latin-1: caf\xe9".encode("latin-1"),
        b"half a letter \xc3",
        b"ID3\x03\x00\x00\x00\x00\x00\x21",
    ],
    ids=[
        "empty",
        "program",
        "html",
        "svg",
        "zip",
        "macros",
        "two-in-one",
        "epub",
        "no-zip",
        "old-word",
        "latin",
        "cut",
        "mp3",
    ],
)
def test_what_is_refused(content):
    assert type_of(BytesIO(content)) is None


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: WORD[:80] + tail))
def test_anything_gets_an_answer(content):
    found = type_of(BytesIO(content))

    assert found is None or set(found.endings) <= set(ENDINGS)
