"""Templates: each is used, each stays in its room, and none says a word outside gettext."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
NAMED = re.compile(r"""["']((?:[a-z0-9_]+/)*[a-z0-9_.]+\.(?:html|txt))["']""")
INCLUDES = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
# Rendered by name by Django or allauth, which no line of ours mentions.
BY_OTHERS = (
    "400",
    "403",
    "404",
    "429",
    "500",
    "account/",
    "mfa/",
    "usersessions/",
    "allauth/",
    "django/",
)
# Lower rooms' partials may be included from higher ones.
ORDER = ["components", "layout", "emails", "people", "notices", "agencies", "reminders"]
ORDER += ["communities", "reflections", "fidelity", "home"]


def names() -> list[str]:
    return sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())


def test_every_template_is_used():
    sources = [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.txt")]
    for package in ("portal", "communities", "reflections", "fidelity"):
        sources += (ROOT / package).rglob("*.py")
    text = "\n".join(path.read_text() for path in sources)
    named = set(NAMED.findall(text))
    # A notice names its three files without their endings.
    triples = set(re.findall(r"""["']((?:[a-z_]+/)+emails/[a-z_]+)["']""", text))
    unused = [
        name
        for name in names()
        if not name.startswith(BY_OTHERS)
        and name not in named
        and not any(name.startswith(f"{triple}.") for triple in triples)
    ]

    assert unused == []


def test_an_app_includes_its_own_partials_and_those_of_rooms_below():
    wrong = []
    for path in FOLDER.rglob("*.html"):
        room = path.relative_to(FOLDER).parts[0]
        if room not in ORDER:
            continue
        for other in INCLUDES.findall(path.read_text()):
            there = other.partition("/")[0]
            siblings = {room, there} == {"reflections", "fidelity"}
            if there in ORDER and (ORDER.index(there) > ORDER.index(room) or siblings):
                wrong.append(f"{path.relative_to(FOLDER)} includes {other}")

    assert wrong == []
