"""`./run audit`: every page as every role, at phone and laptop size, light and dark."""

import os

from portal.embedded import foreground, stack
from portal.embedded.commands.test import NO_CHROMIUM, find_chromium
from portal.embedded.environment import surroundings
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble

# A part takes longer than any test of the suite may.
QUIETLY = ["--tb=no", "-q", "-o", "faulthandler_timeout=0"]


def main(arguments: list[str]) -> int:
    """Look at every page; 1 when anything is wrong. Arguments go to pytest: `-k "coach and 390"`
    looks at what a coach sees on a phone."""
    chromium = find_chromium()
    if chromium is None:
        raise Trouble(NO_CHROMIUM.strip())
    with surroundings(Places.from_environment("test")) as around:
        around.environment["CHROMIUM"] = chromium
        command = [stack.PYTHON, "-m", "pytest", "tests/audit/every_page.py", *QUIETLY]
        if not any(word.startswith("-n") for word in arguments):
            command += ["-n", str(os.cpu_count() or 1)]
        return foreground.run([*command, *arguments], around.environment, around.holds)
