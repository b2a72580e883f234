"""`./run` itself: the one file that runs before anything is installed."""

import ast
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from portal.embedded.launcher import COMMANDS
from portal.embedded.places import ROOT

DOOR = ROOT / "run"


def door(*words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run it in a Python that was tampered with `before`."""
    program = f"import sys, runpy\nsys.argv = ['run', *{words!r}]\n{before}\n"
    program += f"runpy.run_path({str(DOOR)!r}, run_name='__main__')"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


@pytest.fixture
def parts() -> dict:
    """Its functions, without running it."""
    return runpy.run_path(str(DOOR), run_name="door")


def test_it_is_executable_and_says_what_there_is():
    done = subprocess.run([DOOR, "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    for command in COMMANDS[1:]:
        assert f"./run {command}" in done.stdout


def test_it_knows_the_commands_that_the_launcher_has(parts):
    assert set(parts["NEEDS"]) == set(COMMANDS)


def test_an_unknown_command_is_named():
    done = door("strat")
    assert done.returncode == 1
    assert "There is no ./run strat" in done.stderr


def test_an_older_python_can_read_it_and_is_refused():
    ast.parse(DOOR.read_text(), feature_version=(3, 7))
    done = door(before="sys.version_info = (3, 9, 2, 'final', 0)")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is 3.9" in done.stderr


def test_it_needs_nothing_but_the_standard_library():
    tree = ast.parse(DOOR.read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import)
             for alias in node.names}  # fmt: skip
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(parts, module, monkeypatch, tmp_path):
    find = parts["importlib"].util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name == module else find(name)
    )
    parts["make_venv"].__globals__["VENV"] = tmp_path / "venv"
    parts["make_venv"].__globals__["PYTHON"] = tmp_path / "venv" / "bin" / "python"
    with pytest.raises(SystemExit) as told:
        parts["make_venv"]()
    assert f"has no {module}" in str(told.value)
    assert "apt-get install python3-venv" in str(told.value)
    assert not (tmp_path / "venv").exists()


def test_what_is_installed_is_not_installed_again(parts, tmp_path, monkeypatch):
    lock, dev = tmp_path / "requirements.lock", tmp_path / "requirements-dev.lock"
    lock.write_text("one")
    dev.write_text("one two")
    venv = tmp_path / "venv"
    inside = parts["install"].__globals__
    inside |= {"VENV": venv, "PYTHON": venv / "bin" / "python", "STAMP": venv / "stamp"}
    ordered: list[Path] = []

    def make_venv() -> Path:
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin" / "python").touch()
        return venv / "bin" / "uv"

    inside |= {"make_venv": make_venv, "call": lambda words, _: ordered.append(words[-1])}
    install = parts["install"]
    install([lock])
    install([lock])
    assert ordered == [lock]
    install([lock, dev])
    install([lock, dev])
    install([lock])  # the development lock holds it
    assert ordered == [lock, dev]
    lock.write_text("one, newer")
    install([lock])
    assert ordered == [lock, dev, lock]

    def fail(_words: list, _environment: dict) -> None:
        raise SystemExit

    inside["call"] = fail
    dev.write_text("newer too")
    with pytest.raises(SystemExit):
        install([lock, dev])
    assert parts["installed"]() == set()  # what was half installed is not taken for whole


def test_a_failed_step_is_told_with_what_to_do(parts, capfd):
    with pytest.raises(SystemExit) as told:
        parts["call"]([sys.executable, "-c", "import sys; sys.exit('no such index')"])
    assert "The installation stopped at" in str(told.value)
    assert "no such index" in capfd.readouterr().err
