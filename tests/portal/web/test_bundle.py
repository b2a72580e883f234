import os

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from portal.web import bundle
from portal.web.bundle import assemble, join_scripts, join_styles, sources


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A small house: two layers, two components, two scripts."""
    monkeypatch.setitem(
        bundle.SOURCES, "css/trellis.css", ("css/layers.css", "css/components/*.css")
    )
    monkeypatch.setitem(bundle.SOURCES, "js/trellis.js", ("js/*.js",))
    files = {
        "css/layers.css": "@layer base, components;\n",
        "css/components/b.css": "/* two\nlines */\n@layer components {\n  .b { margin: 0; }\n}\n",
        "css/components/a.css": "@layer components { .a { margin: 0; } }\n",
        "js/one.js": "const NAME = 1;\n",
        "js/two.js": "const NAME = 2;\n",
    }
    for name, text in files.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "static"


def test_sources_come_in_the_listed_order_then_by_name(root):
    assert [path.name for path in sources("css/trellis.css", root)] == [
        "layers.css",
        "a.css",
        "b.css",
    ]


def test_a_listed_file_that_is_missing_is_named(root):
    (root / "css/layers.css").unlink()
    with pytest.raises(FileNotFoundError, match=r"css/layers\.css"):
        sources("css/trellis.css", root)


def test_styles_lose_comments_and_indentation_only(root):
    assert join_styles(sources("css/trellis.css", root)) == (
        "@layer base, components;\n"
        "@layer components { .a { margin: 0; } }\n"
        "@layer components {\n.b { margin: 0; }\n}\n"
    )


def test_each_script_keeps_its_names_to_itself(root):
    assert join_scripts(sources("js/trellis.js", root)) == (
        "{ // one.js\nconst NAME = 1;\n}\n{ // two.js\nconst NAME = 2;\n}\n"
    )


def test_a_changed_file_makes_a_new_bundle_and_an_unchanged_one_does_not(root, tmp_path):
    into = tmp_path / "out"
    first = assemble("js/trellis.js", root=root, into=into)
    written = first.stat().st_mtime_ns
    assert assemble("js/trellis.js", root=root, into=into).stat().st_mtime_ns == written

    (root / "js/one.js").write_text("const NAME = 3;\n")
    later = written + 10**9
    os.utime(root / "js/one.js", ns=(later, later))
    assemble("js/trellis.js", root=root, into=into)

    assert "NAME = 3" in first.read_text()


def test_a_removed_file_leaves_the_bundle(root, tmp_path):
    into = tmp_path / "out"
    made = assemble("js/trellis.js", root=root, into=into)
    (root / "js/two.js").unlink()
    later = made.stat().st_mtime_ns + 10**9
    os.utime(root / "js", ns=(later, later))

    assemble("js/trellis.js", root=root, into=into)

    assert "NAME = 2" not in made.read_text()


def test_nothing_half_written_is_left_behind(root, tmp_path):
    made = assemble("js/trellis.js", root=root, into=tmp_path / "out")
    assert [path.name for path in made.parent.iterdir()] == ["trellis.js"]


def test_staticfiles_finds_the_bundles_without_collecting(settings, tmp_path):
    settings.BUNDLE_ROOT = tmp_path
    finders.get_finder.cache_clear()
    found = finders.find("css/trellis.css")
    finders.get_finder.cache_clear()

    assert found == str(tmp_path / "css/trellis.css")


def test_production_collects_them_hashed_and_compressed(settings, tmp_path):
    settings.BUNDLE_ROOT = tmp_path / "bundles"
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    finders.get_finder.cache_clear()

    names = {path.name for path in (tmp_path / "static/css").iterdir() if path.is_file()}
    assert any(name.startswith("trellis.") and name.endswith(".css.br") for name in names)
