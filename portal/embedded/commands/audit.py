"""`./run audit`: every page as every role, at phone and laptop size, light and dark.

`./run audit lighthouse`: what Lighthouse says of the five pages that people open most.
"""

import os
import shutil

from portal.embedded import foreground, stack
from portal.embedded.commands.bench import AS_IN_PRODUCTION
from portal.embedded.commands.test import NO_CHROMIUM, find_chromium
from portal.embedded.environment import surroundings
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble

# A part takes longer than any test of the suite may.
QUIETLY = ["--tb=no", "-q", "-o", "faulthandler_timeout=0"]
NO_NPX = (
    "Lighthouse comes by npx, and no npx was found.\n"
    "Install Node 18.20 or newer with npm (Debian: apt-get install npm), then start again."
)


def main(arguments: list[str]) -> int:
    """Look at every page; 1 when anything is wrong. Arguments go to pytest: `-k "coach and 390"`
    looks at what a coach sees on a phone. With `lighthouse` alone, Lighthouse looks. Raises
    Trouble."""
    chromium = find_chromium()
    if chromium is None:
        raise Trouble(NO_CHROMIUM.strip())
    if arguments == ["lighthouse"]:
        return by_lighthouse(chromium)
    with surroundings(Places.from_environment("test")) as around:
        around.environment["CHROMIUM"] = chromium
        command = [stack.PYTHON, "-m", "pytest", "tests/audit/every_page.py", *QUIETLY]
        if not any(word.startswith("-n") for word in arguments):
            command += ["-n", str(os.cpu_count() or 1)]
        return foreground.run([*command, *arguments], around.environment, around.holds)


def by_lighthouse(chromium: str) -> int:
    """The same portal as production serves, with the demo in it. Raises Trouble."""
    if shutil.which("npx") is None:
        raise Trouble(NO_NPX)
    with surroundings(Places.from_environment("audit")) as around:
        command = [stack.PYTHON, "-m", "tests.audit.lighthouse"]
        environment = around.environment | AS_IN_PRODUCTION | {"CHROMIUM": chromium}
        return foreground.run(command, environment, around.holds)
