"""Uploads: straight to disk, with an end. What is too large is counted and thrown away, so that the
form answers at its field with everything else that was typed; a body beyond all measure is refused
before a byte of it is read."""

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.temp import NamedTemporaryFile
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse

from portal.web.errors import too_large


def incoming() -> Path:
    """Where uploads arrive: beside where they go, so that they are moved there and not copied."""
    return Path(settings.MEDIA_ROOT) / "incoming"


class Arriving(TemporaryUploadedFile):
    """A file on its way. Django's own lies in the system's temporary folder, often memory."""

    def __init__(self, name: str, content_type: str, charset: str | None, extra: Any) -> None:
        incoming().mkdir(parents=True, exist_ok=True, mode=0o700)
        file = NamedTemporaryFile(dir=incoming())
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class ToDisk(TemporaryFileUploadHandler):
    """FILE_UPLOAD_HANDLERS of the portal: never in memory, at most LARGEST_FILE bytes on disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.too_large = False
        self.file = Arriving(
            self.file_name or "",
            self.content_type or "",
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= settings.LARGEST_FILE:
            super().receive_data_chunk(raw_data, start)
        elif not self.too_large:
            self.too_large = True
            self.file.close()  # and with it goes what was written

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.too_large:  # a file with its real size and nothing in it
            return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size)
        return super().file_complete(file_size)


class BodyLimitMiddleware:
    """413 for a body that says it is larger than any form of ours, before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and int(length) > settings.LARGEST_BODY:
            return too_large(request)
        return self.get_response(request)


def forget_half_uploads(seconds: float = 24 * 3600) -> None:
    """Delete what a process left behind that was killed while somebody uploaded."""
    for path in incoming().glob("*"):
        if path.stat().st_mtime < time.time() - seconds:
            path.unlink(missing_ok=True)
