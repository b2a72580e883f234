"""`./run audit lighthouse`: what Lighthouse says, by its own mobile settings, of five pages that
people open most, served as production serves them.

Where a machine is busy, Lighthouse finds pages slow that are not: each page is looked at until its
performance is what it should be, three times at most. Of everything else the worst look counts.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings

static_root = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["STATIC_ROOT"] = static_root.name
django.setup()

from django.urls import reverse  # noqa: E402  # settings come first
from django.utils import timezone  # noqa: E402

from communities.models import Session  # noqa: E402
from fidelity.models import Review, Source  # noqa: E402
from portal.people.models import User  # noqa: E402
from tests.bench.server import portal, session_of, the_demo  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.browser.faults import MOST_SHIFT  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"  # 13 asks for Node 22
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}  # issue 7
GOOD = 0.9  # of 1: what Lighthouse shows green
LOOKS = 3
WARMING = 10  # requests: each process and thread has then answered before


@dataclass(frozen=True)
class Look:
    """One run of Lighthouse."""

    scores: dict[str, int]
    faults: dict[str, list[str]]  # of what scored too little
    shift: float
    first_text: float  # seconds, on the slow phone and line that Lighthouse supposes
    largest: float

    @classmethod
    def from_report(cls, report: dict[str, Any]) -> "Look":
        """From what it writes with `--output=json`."""
        audits, categories = report["audits"], report["categories"]
        scores = {name: round(100 * (categories[name]["score"] or 0)) for name in LEAST}
        counted = {
            name: [audits[each["id"]] for each in categories[name]["auditRefs"] if each["weight"]]
            for name, score in scores.items()
            if score < LEAST[name]
        }
        return cls(
            scores,
            {
                name: [words_of(audit) for audit in found if (audit["score"] or 0) < GOOD]
                for name, found in counted.items()
            },
            audits["cumulative-layout-shift"]["numericValue"],
            audits["first-contentful-paint"]["numericValue"] / 1000,
            audits["largest-contentful-paint"]["numericValue"] / 1000,
        )

    @property
    def performance(self) -> int:
        return self.scores["performance"]


def words_of(audit: dict[str, Any]) -> str:
    """What is wrong, and where: the first three places."""
    items = (audit.get("details") or {}).get("items", [])
    places = [node["snippet"] for item in items if (node := item.get("node"))]
    return " ".join([audit["title"], audit.get("displayValue", ""), *places[:3]])


def main() -> int:
    """A line a page; 1 where one is below what it should be."""
    print(
        f"{'page':<8} {'performance':>12}{'accessibility':>15}{'best practices':>16}"
        f"{'shift':>8}{'text':>10}{'largest':>10}"
    )
    with static_root, the_demo() as people, tempfile.TemporaryDirectory() as folder:
        wanted = addresses(people)
        with portal() as address:
            held = [
                holds(name, looks_at(address + url, session_of(person), Path(folder)))
                for name, (person, url) in wanted.items()
            ]
    print(f"{sum(held)} of {len(held)} pages are as they should be.")
    return 0 if all(held) else 1


def addresses(people: dict[str, User]) -> dict[str, tuple[User, str]]:
    """Each page, with who opens it."""
    facilitator, supervisor = people["facilitator"], people["supervisor"]
    session = Session.objects.visible_to(facilitator).standing().upcoming()[0]
    return {
        "today": (facilitator, reverse("home:today.index")),
        "write": (facilitator, reverse("reflections:reflections.new")),
        "session": (facilitator, session.get_absolute_url()),
        "team": (supervisor, reverse("fidelity:teams.show")),
        "review": (supervisor, draft_of(supervisor).get_absolute_url()),
    }


def draft_of(supervisor: User) -> Review:
    """A review that has just begun, with what they last reviewed by."""
    last = Review.objects.written_by(supervisor).exclude(submitted_at=None).latest("submitted_at")
    return Review.objects.start(
        by=supervisor,
        subject=last.subject,
        version=last.version,
        source=Source.OBSERVATION,
        practised_on=timezone.localdate(),
    )


def looks_at(url: str, session: str, folder: Path) -> list[Look]:
    """As many as it takes, LOOKS at most. Raises RuntimeError when the page is not there."""
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    for _turn in range(WARMING):
        with urllib.request.urlopen(urllib.request.Request(url, headers=cookie)) as answer:
            answer.read()
        if reverse("account_login") in answer.url:
            raise RuntimeError(f"{url} asks to sign in.")
    headers = folder / "headers.json"
    headers.write_text(json.dumps(cookie))
    looks: list[Look] = []
    while len(looks) < LOOKS and not any(is_quick(each) for each in looks):
        looks.append(look_at(url, headers, folder / "report.json"))
    return looks


def look_at(url: str, headers: Path, report: Path) -> Look:
    """Raises RuntimeError with its own words when Lighthouse could not look."""
    words = ["npx", "--yes", LIGHTHOUSE, url, "--quiet"]
    words += ["--output=json", f"--output-path={report}", f"--extra-headers={headers}"]
    words += [f"--only-categories={','.join(LEAST)}"]
    words += [f"--chrome-flags={' '.join(['--headless=new', *chromium.FLAGS])}"]
    environment = os.environ | {"CHROME_PATH": chromium.path() or ""}
    report.unlink(missing_ok=True)
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode or not report.exists():
        raise RuntimeError(f"Lighthouse did not look:\n{done.stdout}{done.stderr}")
    return Look.from_report(json.loads(report.read_text()))


def is_quick(look: Look) -> bool:
    return look.performance >= LEAST["performance"]


def holds(name: str, looks: list[Look]) -> bool:
    """Say what was found; whether all of it is as it should be."""
    quickest = max(looks, key=lambda each: each.performance)
    scores = {each: min(look.scores[each] for look in looks) for each in LEAST}
    scores["performance"] = quickest.performance
    shift = max(each.shift for each in looks)
    print(
        f"{name:<8} {' '.join(str(each.performance) for each in looks):>12}"
        f"{scores['accessibility']:>15}{scores['best-practices']:>16}"
        f"{shift:>8.3f}{quickest.first_text:>8.1f} s{quickest.largest:>8.1f} s",
        flush=True,
    )
    for category in LEAST:
        said = [quickest] if category == "performance" else looks
        for fault in dict.fromkeys(each for look in said for each in look.faults.get(category, [])):
            print(f"    {category}: {fault}")
    return shift <= MOST_SHIFT and all(scores[each] >= least for each, least in LEAST.items())


if __name__ == "__main__":
    sys.exit(main())
