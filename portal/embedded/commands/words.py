"""`./run words`: every language's catalogue in step with the code."""

import subprocess

from portal.embedded import stack
from portal.embedded.places import ROOT
from portal.embedded.trouble import Trouble


def main(arguments: list[str]) -> int:
    """Bring the catalogues up to date and say what waits for a translation; 0 when nothing does."""
    if arguments:
        raise Trouble(f"./run words takes no arguments; it was given {' '.join(arguments)}.")
    return subprocess.run([stack.PYTHON, "-m", "tests.words"], cwd=ROOT, check=False).returncode
