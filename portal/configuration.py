"""The table of what can be set, made from what is read: settings.py and .env.example.

`python -m portal.configuration` writes it into docs/operations.md, between its two marks.
"""

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGINS, ENDS = "<!-- configuration -->", "<!-- end of configuration -->"
COLUMNS = "| variable | without it | what it is for |\n| --- | --- | --- |\n"


@dataclass(frozen=True)
class Variable:
    """One variable: its name, what stands in for it, and the words of .env.example."""

    name: str
    without: str
    words: str

    @property
    def row(self) -> str:
        words = self.words.replace("|", "\\|")
        return f"| `{self.name}` | {self.without} | {words} |"


def variables() -> list[Variable]:
    """Every variable that .env.example explains, in its order."""
    defaults = read_by_settings()
    found = []
    for name, words in explained((ROOT / ".env.example").read_text()):
        found.append(Variable(name, defaults.get(name, "read by `./run` or compose"), words))
    return found


def read_by_settings() -> dict[str, str]:
    """What settings.py puts in the place of each variable that it reads."""
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse((ROOT / "portal/settings.py").read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if getattr(node.func.value, "id", "") != "environment" or not node.args:
            continue
        name, *rest = node.args
        if isinstance(name, ast.Constant) and str(name.value) not in found:
            found[str(name.value)] = _without(node.func.attr, rest)
    return found


def _without(kind: str, rest: list[ast.expr]) -> str:
    if kind == "flag" and not rest:
        return "`0`"
    if not rest:
        return "must be set" if kind in ("text", "database", "address") else "nothing"
    [default, *_more] = rest
    if isinstance(default, ast.Constant):
        return f"`{default.value!s}`" if default.value != "" else "nothing"
    if isinstance(default, ast.IfExp):
        return "must be set where `DEBUG` is off"
    if isinstance(default, ast.UnaryOp):
        return "`1` where `DEBUG` is off"
    if isinstance(default, ast.Name):
        return f"what `{default.id}` is"
    if isinstance(default, ast.JoinedStr):
        return "`trellis@` and the host of `PUBLIC_URL`"
    return "a folder beside the code"


def explained(text: str) -> list[tuple[str, str]]:
    """(name, the comment above it) of an .env file; a heading's dashes are no words."""
    found: list[tuple[str, str]] = []
    words: list[str] = []
    for line in text.splitlines():
        if match := re.match(r"#?([A-Z_]+)=", line):
            found.append((match.group(1), " ".join(words)))
            words = []
        elif line.startswith("# ") and not line.startswith("# ---"):
            words.append(line[2:].strip())
        else:
            words = []
    return found


def table() -> str:
    return COLUMNS + "\n".join(each.row for each in variables())


def written_into(page: str) -> str:
    """The page with the table as it is now between its marks."""
    before, rest = page.split(BEGINS)
    _old, after = rest.split(ENDS)
    return f"{before}{BEGINS}\n{table()}\n{ENDS}{after}"


if __name__ == "__main__":
    path = ROOT / "docs/operations.md"
    path.write_text(written_into(path.read_text()))
    sys.stdout.write(f"{len(variables())} variables written into {path.relative_to(ROOT)}.\n")
