"""Everything that has a stylesheet of its own has a place in the gallery."""

import re
from pathlib import Path

import pytest
from django.conf import settings

COMPONENTS = Path(settings.BASE_DIR) / "static" / "css" / "components"
UNSEEN = {"file_limit"}  # it watches a form and has no look
CLASS = re.compile(r"\.([a-z][\w-]*)")


def classes_of(path: Path) -> set[str]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", text)
    return {name for selector in selectors for name in CLASS.findall(selector)}


def own_classes() -> dict[str, set[str]]:
    """A stylesheet's classes that no other names; all of them where there are none."""
    all_of = {path.stem: classes_of(path) for path in COMPONENTS.glob("*.css")}
    own = {
        stem: classes
        - {each for other, theirs in all_of.items() if other != stem for each in theirs}
        for stem, classes in all_of.items()
    }
    return {stem: classes or all_of[stem] for stem, classes in own.items() if stem not in UNSEEN}


@pytest.fixture
def shown(client, db, settings) -> set[str]:
    settings.DEBUG = True
    html = client.get("/gallery/").content.decode()
    return {name for words in re.findall(r'class="([^"]*)"', html) for name in words.split()}


def test_each_component_has_a_place(shown):
    own = own_classes()

    assert len(own) > 40
    missing = [stem for stem, classes in sorted(own.items()) if not classes & shown]
    assert missing == [], missing


def test_the_gallery_is_not_for_the_open_web(client, db, settings):
    settings.DEBUG = False

    assert client.get("/gallery/").status_code == 404
