"""What the documents name exists."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from portal.configuration import written_into

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


def test_every_picture_that_a_page_shows_is_there_and_is_shown():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = {
        (page.parent / name).resolve()
        for page in pages
        for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text())
    }

    assert shown == set((ROOT / "docs/pictures").iterdir())


def test_every_journey_that_is_named_is_told():
    told = {
        f"{path.name}::{name}"
        for path in (ROOT / "tests/browser").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text(), re.M)
    }
    page = (ROOT / "docs/journeys.md").read_text()
    named = re.findall(r"`(test_\w+\.py::\w+)`", page)

    assert len(set(named)) >= 14
    assert set(named) - told == set()
    assert page.count("\n| ") - page.count("\n| ---") - 2 == len(named)  # a test a row


def test_every_page_that_a_page_leads_to_is_there():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    missing = [
        f"{page.name}: {name}"
        for page in pages
        for name in re.findall(r"(?<!!)\[[^\]]+\]\((?!https?:)([^)#]+)", page.read_text())
        if not (page.parent / name).exists()
    ]

    assert missing == []


def test_every_folder_on_the_readmes_map_exists():
    readme = (ROOT / "README.md").read_text()
    block = readme.split("## A map of the code")[1].split("```")[1]
    top = [line.split()[0] for line in block.splitlines() if line and not line.startswith(" ")]
    missing = [name for name in top if not (ROOT / name.rstrip("/")).exists()]

    assert missing == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_table_of_what_can_be_set_is_made_from_the_settings():
    page = (ROOT / "docs/operations.md").read_text()

    assert page == written_into(page), "python -m portal.configuration writes it anew"
    assert "|  |" not in page


def commands_in(page: str) -> list[str]:
    """What its shell blocks say to type, a command a line; comments are not typed."""
    text = (ROOT / page).read_text()
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [typed for line in lines if (typed := line.partition("  #")[0].strip())]


# `./run` is followed by tests/portal/embedded/test_start.py, and `./run test` runs this.
FOLLOWED_ELSEWHERE = {"./run", "./run test"}


@pytest.fixture
def portal(migrated_database: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """An environment with a database in which there is no agency."""
    return dict(os.environ) | {
        **migrated_database,
        "FILES_FOLDER": str(tmp_path / "files"),
        "MAIL_FOLDER": str(tmp_path / "mail"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }


def test_every_command_of_the_guides_that_can_run_here_does(portal, tmp_path):
    typed = list(dict.fromkeys([*commands_in("README.md"), *commands_in("docs/operations.md")]))
    assert len(typed) >= 10
    assert set(typed) >= FOLLOWED_ELSEWHERE

    for command in (each for each in typed if each not in FOLLOWED_ELSEWHERE):
        here = command.replace("backups/", f"{tmp_path}/backups/")
        here = here.replace("DATA_FOLDER=restored", f"DATA_FOLDER={tmp_path}/r")
        own = here.startswith("DATA_FOLDER=")  # with servers of its own, in a folder of its own
        environment = {k: v for k, v in portal.items() if not own or k not in NAMED}
        if own:
            assigned, *words = shlex.split(here)
            environment["DATA_FOLDER"] = assigned.partition("=")[2]
        else:
            words = shlex.split(here)
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


NAMED = {"DATABASE_URL", "REDIS_URL", "BROKER_URL", "FILES_FOLDER", "MAIL_FOLDER"}
