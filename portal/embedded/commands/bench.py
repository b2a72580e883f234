"""`./run bench`: what pages cost, on servers and data of its own."""

from portal.embedded import foreground, stack
from portal.embedded.environment import surroundings
from portal.embedded.places import Places


def main(arguments: list[str]) -> int:
    """Run the benchmark as in production (DEBUG=0), unless the environment says otherwise."""
    with surroundings(Places.from_environment("bench")) as around:
        command = [stack.PYTHON, "-m", "tests.bench", *arguments]
        return foreground.run(command, around.environment, around.holds)
