"""What a file is, by its content. Pure: a stream in, a type out; the name is checked against it.

By hand: of the libraries for this, puremagic (1.30) calls every ZIP a Word document, and none reads
what tells the Office formats apart. Left out on purpose: SVG and HTML (they run scripts), Office
files with macros and the old binary ones (they may), sound and video (a voice or a face is a
person's), archives (nobody sees what is in them).
"""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

OPENDOCUMENT = "application/vnd.oasis.opendocument."
OPENXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class ContentType:
    mime: str
    endings: tuple[str, ...]  # what a file of this type may be called, the usual one first


PDF = ContentType("application/pdf", ("pdf",))
PNG = ContentType("image/png", ("png",))
JPEG = ContentType("image/jpeg", ("jpg", "jpeg"))
GIF = ContentType("image/gif", ("gif",))
WEBP = ContentType("image/webp", ("webp",))
TEXT = ContentType("text/plain", ("txt", "md", "csv"))
# By the folder that holds the document in the archive.
OFFICE = {
    "word/": ContentType(f"{OPENXML}wordprocessingml.document", ("docx",)),
    "xl/": ContentType(f"{OPENXML}spreadsheetml.sheet", ("xlsx",)),
    "ppt/": ContentType(f"{OPENXML}presentationml.presentation", ("pptx",)),
}
# By the type that the archive's first entry names.
OPEN = {
    f"{OPENDOCUMENT}text": ContentType(f"{OPENDOCUMENT}text", ("odt",)),
    f"{OPENDOCUMENT}spreadsheet": ContentType(f"{OPENDOCUMENT}spreadsheet", ("ods",)),
    f"{OPENDOCUMENT}presentation": ContentType(f"{OPENDOCUMENT}presentation", ("odp",)),
}
ALL = (PDF, PNG, JPEG, GIF, WEBP, TEXT, *OFFICE.values(), *OPEN.values())
ENDINGS = tuple(ending for each in ALL for ending in each.endings)

BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
CHUNK = 64 * 1024  # bytes
NOT_IN_TEXT = frozenset(range(32)) - set(b"\t\n\r\f")


def type_of(stream: BinaryIO) -> ContentType | None:
    """The type of what is in the stream; None for what is not on the list."""
    stream.seek(0)
    head = stream.read(16)
    for beginning, found in BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:4] == b"PK\x03\x04":
        return _in_archive(stream)
    return TEXT if head and _is_text(stream) else None


def _in_archive(stream: BinaryIO) -> ContentType | None:
    """The Office format that an archive is, or None. Nothing is unpacked but one short entry."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    return OPEN.get(entry.read(100).decode("ascii", "replace").strip())
            if "[Content_Types].xml" not in names:
                return None
            found = {kind for kind in OFFICE if any(name.startswith(kind) for name in names)}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
    return OFFICE[found.pop()] if len(found) == 1 else None


def _is_text(stream: BinaryIO) -> bool:
    """Whether all of it is UTF-8 without control characters, and no page for a browser."""
    stream.seek(0)
    rest = b""
    first = True
    while chunk := stream.read(CHUNK):
        if first and chunk.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            return False
        first = False
        if not NOT_IN_TEXT.isdisjoint(chunk):
            return False
        piece = rest + chunk
        try:
            piece.decode("utf-8")
            rest = b""
        except UnicodeDecodeError as fault:
            if fault.reason != "unexpected end of data" or len(piece) - fault.start > 3:
                return False
            rest = piece[fault.start :]
    return not rest
