"""Uploads arrive on disk, and what never arrived is swept."""

import os
import time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from portal.web.uploads import Arriving, forget_half_uploads, incoming

DAY = 24 * 3600


def test_a_file_arrives_on_disk_beside_where_it_goes(settings, rf: RequestFactory):
    request = rf.post("/", {"file": _file("guide.pdf", b"%PDF-1.7")})

    file = request.FILES["file"]

    assert isinstance(file, Arriving)
    assert file.temporary_file_path().startswith(str(settings.MEDIA_ROOT))
    assert (file.read(), file.size) == (b"%PDF-1.7", 8)
    file.close()
    assert list(incoming().iterdir()) == []


def test_one_that_is_too_large_keeps_its_size_and_nothing_else(settings, rf: RequestFactory):
    settings.LARGEST_FILE = 100_000
    request = rf.post("/", {"file": _file("large.pdf", b"x" * 300_000), "title": "A guide"})

    file = request.FILES["file"]

    assert (file.size, file.read()) == (300_000, b"")
    assert request.POST["title"] == "A guide"
    assert list(incoming().iterdir()) == []


def test_what_never_arrived_is_swept_after_a_day(settings):
    incoming().mkdir(parents=True)
    old, new = incoming() / "old", incoming() / "new"
    for path in (old, new):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - 2 * DAY,) * 2)

    forget_half_uploads()

    assert list(incoming().iterdir()) == [new]


def _file(name: str, content: bytes):
    return SimpleUploadedFile(name, content)
