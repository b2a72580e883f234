"""One stylesheet, one script and one worker for the browser, many small files for us.

A staticfiles finder: it assembles them from the files below, so that
`{% static "css/trellis.css" %}` works the same in development (files are put together again when
one has changed) and after collectstatic (hashed, compressed, cached for a year). Why:
docs/decisions/0002-one-stylesheet-one-script.md.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

# In this order; inside a pattern, by name. The layers make the order of components immaterial.
SOURCES = {
    "css/trellis.css": (
        "css/layers.css",
        "css/tokens.css",
        "css/reset.css",
        "css/base.css",
        "css/layout.css",
        "css/components/*.css",
        "css/utilities.css",
        "css/print.css",
        "css/older.css",
    ),
    "js/trellis.js": ("js/device/*.js", "js/*.js"),
    "js/worker.js": ("js/device/*.js", "js/worker/*.js"),
}


def sources(bundle: str, root: Path) -> list[Path]:
    """The files of a bundle, in order. Raises FileNotFoundError for a pattern without a file."""
    found: list[Path] = []
    for pattern in SOURCES[bundle]:
        files = sorted(root.glob(pattern))
        if not files:
            raise FileNotFoundError(f"{bundle} is made of {pattern}, and there is no such file")
        found += files
    return found


def join_styles(files: Iterable[Path]) -> str:
    """The stylesheets one after another, without comments and indentation."""
    css = "\n".join(file.read_text() for file in files)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", css).strip() + "\n"


def join_scripts(files: Iterable[Path]) -> str:
    """The modules one after another, each in a block of its own so that names stay apart."""
    return "".join(f"{{ // {file.name}\n{file.read_text()}}}\n" for file in files)


JOINERS: dict[str, Callable[[Iterable[Path]], str]] = {
    ".css": join_styles,
    ".js": join_scripts,
}


def assemble(bundle: str, *, root: Path, into: Path) -> Path:
    """Write the bundle below `into` unless it is newer than all of its sources; tell where.

    The file appears under its name in one step, so that a reader never sees half of it.
    """
    files = sources(bundle, root)
    target = into / bundle
    # A removed file shows in its folder's time, a changed one in its own.
    newest = max(path.stat().st_mtime_ns for file in files for path in (file, file.parent))
    if target.exists() and target.stat().st_mtime_ns > newest:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False) as half:
        half.write(JOINERS[target.suffix](files))
    written = Path(half.name)
    written.chmod(0o644)
    written.replace(target)
    return target


class BundleFinder(BaseFinder):
    """Yields the bundles to staticfiles; list it in STATICFILES_FINDERS."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.BASE_DIR) / "static"
        self.into = Path(getattr(settings, "BUNDLE_ROOT", settings.BASE_DIR / ".data" / "bundles"))
        self.storage = FileSystemStorage(location=self.into)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:  # type: ignore[override]
        if path not in SOURCES:
            return []
        found = str(assemble(path, root=self.root, into=self.into))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for bundle in SOURCES:
            if not matches_patterns(bundle, list_of(ignore_patterns)):
                assemble(bundle, root=self.root, into=self.into)
                yield bundle, self.storage


def list_of(patterns: Iterable[str] | None) -> list[str]:
    """Django hands over None when nothing is to be left out."""
    return [*(patterns or [])]
