"""`./run bench` stands outside pytest, which would tell it where the settings are."""

import subprocess
import sys

from tests.portal.test_environment import PRODUCTION, ROOT


def test_the_benchmark_finds_its_settings():
    said = subprocess.run(
        [sys.executable, "-c", "import tests.bench.__main__"],
        cwd=ROOT,
        env=PRODUCTION | {"PATH": ""},
        capture_output=True,
        text=True,
    )

    assert (said.returncode, said.stderr) == (0, "")
