"""`./run bench`: what pages cost, on servers and data of its own."""

import os

from portal.embedded import foreground, stack
from portal.embedded.environment import surroundings
from portal.embedded.places import Places

# What `surroundings` would set for development, and what production asks for.
AS_IN_PRODUCTION = {
    "DEBUG": "0",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "LOG_LEVEL": "WARNING",
}


def main(arguments: list[str]) -> int:
    """Run the benchmark as in production (DEBUG=0), unless the environment says otherwise."""
    with surroundings(Places.from_environment("bench")) as around:
        command = [stack.PYTHON, "-m", "tests.bench", *arguments]
        said = {name: os.environ[name] for name in AS_IN_PRODUCTION if os.environ.get(name)}
        return foreground.run(command, around.environment | AS_IN_PRODUCTION | said, around.holds)
