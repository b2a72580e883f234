"""`./run test`: the whole suite, in parallel, on servers of its own."""

import os
import shutil

from portal.embedded import foreground, stack
from portal.embedded.environment import surroundings
from portal.embedded.places import Places
from portal.embedded.trouble import Trouble

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str]) -> int:
    """Run pytest with `arguments`. A portal that runs in this checkout is not disturbed."""
    with surroundings(Places.from_environment("test")) as around:
        chromium = find_chromium()
        if chromium:
            around.environment["CHROMIUM"] = chromium
        command = [stack.PYTHON, "-m", "pytest", *_parallel(arguments), *arguments]
        code = foreground.run(command, around.environment, around.holds)
    if not chromium:
        print(NO_CHROMIUM)  # noqa: T201  last, where it is seen
    return code


NO_CHROMIUM = (
    "\nNo Chromium was found: the browser tests were left out.\n"
    "Install one (Debian: apt-get install chromium), or name it: CHROMIUM=/path/to/it ./run test"
)


def find_chromium() -> str | None:
    """The browser to test with: CHROMIUM, or one on the PATH. Raises Trouble for a wrong one."""
    if named := os.environ.get("CHROMIUM"):
        found = shutil.which(named)
        if found is None:
            raise Trouble(f"CHROMIUM is {named!r}, where no program is. Correct or unset it.")
        return found
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _parallel(arguments: list[str]) -> list[str]:
    """A process a core and one more, for there is always one that waits, for a server, a browser
    or the database; unless the caller says how many or wants to look inside."""
    alone = ("-n", "--numprocesses", "--pdb", "--collect-only", "--co", "-p", "--dist")
    if any(word.startswith(alone) for word in arguments):
        return []
    return ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]
