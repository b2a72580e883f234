"""What the documents name exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(
    r"""environment\.(?:text|flag|number|database|broker|mail|address)\(\s*"([A-Z_]+)"""
)


def test_every_variable_that_settings_read_is_explained():
    read = set(READ.findall((ROOT / "portal/settings.py").read_text()))
    explained = set(re.findall(r"^#?\s?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read - explained == set()


def test_every_command_in_the_readme_exists():
    named = set(re.findall(r"`?\./run ([a-z]+)", (ROOT / "README.md").read_text()))
    commands = {path.stem for path in (ROOT / "portal/embedded/commands").glob("*.py")}

    assert named - commands == set()


def test_every_folder_on_the_readmes_map_exists():
    readme = (ROOT / "README.md").read_text()
    block = readme.split("## A map of the code")[1].split("```")[1]
    top = [line.split()[0] for line in block.splitlines() if line and not line.startswith(" ")]
    missing = [name for name in top if not (ROOT / name.rstrip("/")).exists()]

    assert missing == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
