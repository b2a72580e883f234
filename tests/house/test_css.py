"""The stylesheets keep their own rules: style.md's, in our words."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.web.bundle import SOURCES, sources

ROOT = Path(settings.BASE_DIR) / "static"
FILES = sorted((ROOT / "css").rglob("*.css"))
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities", "print"]


def read(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_stylesheet_is_linked():
    assert sorted(sources("css/trellis.css", ROOT)) == FILES


def test_every_script_is_linked_or_belongs_to_a_page():
    bundled = {path for bundle in SOURCES for path in sources(bundle, ROOT)}
    templates = "".join(
        path.read_text() for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    )
    others = [name(path) for path in (ROOT / "js").rglob("*.js") if path not in bundled]

    assert [other for other in others if other not in templates] == []


def test_layers_are_declared_once_and_in_order():
    assert read(ROOT / "css" / "layers.css").strip() == f"@layer {', '.join(LAYERS)};"


def test_only_browsers_without_layers_see_what_is_in_none():
    text = read(ROOT / "css" / "older.css").strip()

    assert text.startswith("@supports not (font-palette: normal) {")
    assert text.count("@") == 1
    assert text.rindex("}") == len(text) - 1
    assert text.count("{") == text.count("}")


IN_NO_LAYER = {"layers.css", "older.css"}


@pytest.mark.parametrize("path", [p for p in FILES if p.name not in IN_NO_LAYER], ids=name)
def test_a_stylesheet_puts_everything_into_its_own_layer(path):
    layer = "components" if path.parent.name == "components" else path.stem
    text = read(path).strip()

    assert text.startswith(f"@layer {layer} {{")
    assert text.endswith("}")
    depth = 0
    for position, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth > 0 or position < text.index("{") or position == len(text) - 1


def test_every_custom_property_used_is_defined():
    everything = "".join(read(path) for path in FILES)
    defined = set(re.findall(r"(?<![\w(-])(--[\w-]+)\s*:", everything))
    # A component's interface: read with a value to fall back to, set by whoever wants another.
    with_fallback = set(re.findall(r"var\((--[\w-]+)\s*,", everything))
    used = set(re.findall(r"var\((--[\w-]+)\s*\)", everything))

    assert used - defined - with_fallback == set()


def test_every_custom_property_defined_is_used():
    everything = "".join(read(path) for path in FILES)
    defined = set(re.findall(r"(?<![\w(-])(--[\w-]+)\s*:", everything))
    used = set(re.findall(r"var\((--[\w-]+)", everything))

    assert defined - used == set()


COLOURS = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lch|lab|hwb|color)\(|"
    r":[^;{}]*\b(?:white|black|red|green|blue|gray|grey|orange|brown)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", [p for p in FILES if p.name != "tokens.css"], ids=name)
def test_colours_live_in_the_tokens(path):
    assert COLOURS.findall(read(path)) == []


def test_light_and_dark_define_the_same_meanings():
    """The fallback for browsers without light-dark() names every colour that light-dark() does."""
    plain, modern = read(ROOT / "css" / "tokens.css").split("@supports", 1)
    themed = set(re.findall(r"(--[\w-]+): light-dark", modern))

    assert themed
    assert themed - set(re.findall(r"(--[\w-]+):", plain)) == set()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_directions_are_logical(path):
    """Left and right turn round with the script of a language; a physical side would not."""
    physical = re.findall(
        r"[{;]\s*((?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom)\s*:",
        read(path),
    )
    assert physical == []


def test_templates_carry_no_styles_and_no_handlers():
    """The Content-Security-Policy would refuse them silently."""
    refused = re.compile(r"<[a-z][^>]*\s(?:style|on[a-z]+)=|<style|<script(?![^>]*src=)")
    pages = [
        path
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        if path.parent.name != "emails"
    ]
    assert pages
    assert [path.name for path in pages if refused.search(path.read_text())] == []
